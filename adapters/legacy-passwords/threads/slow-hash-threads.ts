import { WorkerPool } from '../../concurrency/worker-pool.js';
import type { SlowHash } from './slow-hash.js';

export interface SlowHashThreadsOptions {
  /** Threads at most: as many as hashes may run at once. */
  readonly size: number;
}

/** Computes the last field of slow hashes beside the event loop. How many hashes may wait is limited by the queue of the hasher. */
export class SlowHashThreads extends WorkerPool<SlowHash, string> {
  constructor({ size }: SlowHashThreadsOptions) {
    super({ size, module: new URL('./slow-hash-thread.js', import.meta.url) });
  }
}
