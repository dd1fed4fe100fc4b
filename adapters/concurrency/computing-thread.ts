import { Worker } from 'node:worker_threads';

export interface ComputingThreadOptions {
  /** The file that it runs; it calls `serveJobs`. */
  readonly module: URL;
  /** Its `workerData`. */
  readonly data?: unknown;
  /** The thread ends when it has had no job for so long; a minute, unless given. */
  readonly idleMs?: number;
}

/**
 * A thread that computes its jobs one after the other, in their order. It starts with the first job. It starts again with the next job
 * after it broke, or ended because it was idle: a thread takes 13 MiB. It keeps the process alive only while it has a job.
 */
export class ComputingThread<Job, Result> {
  readonly #options: ComputingThreadOptions;
  readonly #results: PromiseWithResolvers<Result>[] = [];
  #worker: Worker | null = null;
  #end: NodeJS.Timeout | undefined;

  constructor(options: ComputingThreadOptions) {
    this.#options = options;
  }

  /** Jobs that it has: the one that it computes, and those behind it. */
  get jobs(): number {
    return this.#results.length;
  }

  /** Rejects when the job fails, and when the thread breaks before the job is done. */
  compute(job: Job): Promise<Result> {
    clearTimeout(this.#end);
    this.#worker ??= this.#start();
    this.#worker.postMessage(job);
    if (this.#results.length === 0) this.#worker.ref();
    const result = Promise.withResolvers<Result>();
    this.#results.push(result);
    return result.promise;
  }

  #start(): Worker {
    const { module, data } = this.#options;
    // Without the options of the process: those of `node --eval`, among others, would keep the thread from starting.
    const worker = new Worker(module, { execArgv: [], workerData: data });
    worker.on('message', (outcomes: readonly PromiseSettledResult<Result>[]) => {
      if (this.#worker !== worker) return;
      for (const outcome of outcomes) this.#settleNext(outcome);
      if (this.#results.length === 0) this.#rest(worker);
    });
    const end = (reason: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      while (this.#results.length > 0) this.#settleNext({ status: 'rejected', reason });
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('a computing thread ended')));
    return worker;
  }

  #rest(worker: Worker): void {
    worker.unref();
    this.#end = setTimeout(() => {
      this.#worker = null;
      void worker.terminate();
    }, this.#options.idleMs ?? 60_000).unref();
  }

  #settleNext(outcome: PromiseSettledResult<Result>): void {
    const next = this.#results.shift();
    if (outcome.status === 'fulfilled') next?.resolve(outcome.value);
    else next?.reject(outcome.reason);
  }
}
