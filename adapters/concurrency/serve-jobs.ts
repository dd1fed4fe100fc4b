import { parentPort, receiveMessageOnPort } from 'node:worker_threads';

/** Results in one message, at most: the first of them waits while the second job is computed. */
const maxResults = 2;

/**
 * What a module run by a `ComputingThread` calls: computes its jobs in their order. Results of jobs that were handed over together are
 * sent in one message, two at most, because waking the receiving thread costs it more than a result does.
 */
export function serveJobs<Job, Result>(compute: (job: Job) => Result | Promise<Result>): void {
  if (parentPort === null) throw new Error('jobs are served by a worker thread, not by the main thread');
  const port = parentPort;
  const jobs: Job[] = [];
  let isBusy = false;

  // A job that was posted while another was computed is no event yet.
  const next = (): Job | undefined => jobs.shift() ?? (receiveMessageOnPort(port)?.message as Job | undefined);

  const work = async () => {
    const results: PromiseSettledResult<Result>[] = [];
    for (let job = next(); job !== undefined; ) {
      results.push(await settle(compute, job));
      job = next();
      if (job === undefined || results.length >= maxResults) port.postMessage(results.splice(0));
    }
  };

  port.on('message', async (job: Job) => {
    jobs.push(job);
    if (isBusy) return;
    isBusy = true;
    await work();
    isBusy = false;
  });
}

async function settle<Job, Result>(compute: (job: Job) => Result | Promise<Result>, job: Job): Promise<PromiseSettledResult<Result>> {
  try {
    return { status: 'fulfilled', value: await compute(job) };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
