import { Worker } from 'node:worker_threads';

export interface ComputingThreadOptions {
  /** The file that it runs; it calls `serveJobs`. */
  readonly module: URL;
  /** Its `workerData`. */
  readonly data?: unknown;
  /** So long it waits for its next job; a minute, unless given. */
  readonly idleMs?: number;
}

/**
 * A thread that computes what it is handed, one job after the other. It starts with the first job and anew with the next one, should it
 * have broken or, having had nothing to do for a while, given back the 13 MiB that it takes. It keeps the process alive while it has a job
 * in hand, and at no other time.
 */
export class ComputingThread<Job, Answer> {
  readonly #options: ComputingThreadOptions;
  readonly #inHand: PromiseWithResolvers<Answer>[] = [];
  #worker: Worker | null = null;
  #end: NodeJS.Timeout | undefined;

  constructor(options: ComputingThreadOptions) {
    this.#options = options;
  }

  /** Rejects when the job fails, and when the thread breaks before it is done. */
  compute(job: Job): Promise<Answer> {
    clearTimeout(this.#end);
    this.#worker ??= this.#start();
    this.#worker.postMessage(job);
    if (this.#inHand.length === 0) this.#worker.ref();
    const answer = Promise.withResolvers<Answer>();
    this.#inHand.push(answer);
    return answer.promise;
  }

  #start(): Worker {
    const { module, data } = this.#options;
    // Without the options of the process: those of `node --eval`, among others, would keep the thread from starting.
    const worker = new Worker(module, { execArgv: [], workerData: data });
    worker.on('message', (answers: readonly PromiseSettledResult<Answer>[]) => {
      if (this.#worker !== worker) return;
      for (const answer of answers) this.#take(answer);
      if (this.#inHand.length === 0) this.#rest(worker);
    });
    const end = (reason: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      while (this.#inHand.length > 0) this.#take({ status: 'rejected', reason });
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

  #take(answer: PromiseSettledResult<Answer>): void {
    const asked = this.#inHand.shift();
    if (answer.status === 'fulfilled') asked?.resolve(answer.value);
    else asked?.reject(answer.reason);
  }
}
