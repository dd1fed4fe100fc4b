import { ComputingThread, type ComputingThreadOptions } from './computing-thread.js';
import { Semaphore } from './semaphore.js';

export interface WorkerPoolOptions extends ComputingThreadOptions {
  /** Threads, at most: as many as jobs are to run at once. */
  readonly size: number;
}

/** Threads that all run one module. Each starts with its first job. How many jobs may wait is limited by the callers. */
export class WorkerPool<Job, Result> {
  readonly #threads: readonly ComputingThread<Job, Result>[];
  readonly #free: Semaphore;

  constructor({ size, ...options }: WorkerPoolOptions) {
    this.#threads = Array.from({ length: size }, () => new ComputingThread(options));
    this.#free = new Semaphore({ places: size });
  }

  /**
   * Computes a job in the first thread that is free, first come, first served. The first of several free threads gets it, so that the
   * others may end. Rejects when the job fails, and when its thread breaks; the next job gets a new one.
   */
  compute(job: Job): Promise<Result> {
    return this.#free.run(() =>
      this.computeIn(
        Math.max(
          0,
          this.#threads.findIndex(({ jobs }) => jobs === 0),
        ),
        job,
      ),
    );
  }

  /**
   * Computes a job in the thread with that number, counted from 0, after the jobs that this thread has: for a caller that hands the next
   * job over while one is computed. A pool serves by `compute` or by `computeIn`, not by both.
   */
  async computeIn(number: number, job: Job): Promise<Result> {
    const thread = this.#threads[number];
    if (thread === undefined) throw new RangeError(`the pool has no thread ${number}`);
    return await thread.compute(job);
  }
}
