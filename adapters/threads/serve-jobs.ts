import { parentPort, receiveMessageOnPort } from 'node:worker_threads';

/** Answers told at once, at most: whoever waits for the first waits for one more job. */
const mostTogether = 2;

/**
 * What a module run by a `ComputingThread` calls: computes its jobs in their order. Answers to jobs that were in hand together are told
 * together, two at most: waking the thread that waits for them costs it more than the answer.
 */
export function serveJobs<Job, Answer>(compute: (job: Job) => Answer | Promise<Answer>): void {
  if (parentPort === null) throw new Error('a thread serves jobs, the main thread has none');
  const port = parentPort;
  const line: Job[] = [];
  let isAtWork = false;

  // What was posted while a job was computed has not become an event yet.
  const next = (): Job | undefined => line.shift() ?? (receiveMessageOnPort(port)?.message as Job | undefined);

  const work = async () => {
    const answers: PromiseSettledResult<Answer>[] = [];
    for (let job = next(); job !== undefined; ) {
      answers.push(await settle(compute, job));
      job = next();
      if (job === undefined || answers.length >= mostTogether) port.postMessage(answers.splice(0));
    }
  };

  port.on('message', async (job: Job) => {
    line.push(job);
    if (isAtWork) return;
    isAtWork = true;
    await work();
    isAtWork = false;
  });
}

async function settle<Job, Answer>(compute: (job: Job) => Answer | Promise<Answer>, job: Job): Promise<PromiseSettledResult<Answer>> {
  try {
    return { status: 'fulfilled', value: await compute(job) };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
