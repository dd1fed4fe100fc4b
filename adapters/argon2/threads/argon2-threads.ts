import { WorkerPool } from '../../concurrency/worker-pool.js';
import type { Argon2Library, Argon2Task } from '../argon2-library.js';

export interface Argon2Job {
  readonly password: string;
  /** As it arrives in another thread: there a buffer is none of node's. */
  readonly task: Omit<Argon2Task, 'salt'> & { readonly salt: Uint8Array };
}

export interface TimedDigest {
  readonly digest: Uint8Array;
  /** What computing it took, without the time that the job waited in its thread. */
  readonly ms: number;
}

export interface Argon2ThreadsOptions {
  readonly library: Argon2Library;
  /** As many as hashes may run at once. */
  readonly size: number;
}

/**
 * Threads that compute Argon2, one for each place of the hash queue. The threads of libuv's pool could compute it too, but they wait for the
 * event loop between two hashes; these may already have the next one. Each starts with its first hash and ends after a minute without one.
 */
export class Argon2Threads {
  readonly #pool: WorkerPool<Argon2Job, TimedDigest>;

  constructor({ library, size }: Argon2ThreadsOptions) {
    this.#pool = new WorkerPool({ module: new URL('./argon2-thread.js', import.meta.url), data: library.name, size });
  }

  /** Computes a digest in the thread of this place, counted from 0, after the jobs that this thread has. */
  async compute(place: number, password: string, task: Argon2Task): Promise<TimedDigest> {
    const { scheme, version, memoryKib, timeCost, parallelism, salt, digestBytes } = task;
    // A copy of the salt: a buffer of Node's would take the whole pool of bytes around it to the thread.
    const sent = { scheme, version, memoryKib, timeCost, parallelism, salt: Uint8Array.from(salt), digestBytes };
    return await this.#pool.computeIn(place, { password, task: sent });
  }
}
