import { ComputingThread } from '../../threads/computing-thread.js';
import type { Argon2Library, Argon2Task } from '../argon2-library.js';

export interface Argon2Job {
  readonly password: string;
  /** As it arrives in another thread: there a buffer is none of node's. */
  readonly task: Omit<Argon2Task, 'salt'> & { readonly salt: Uint8Array };
}

export interface TimedDigest {
  readonly digest: Uint8Array;
  /** What computing it took, without the time that it waited in hand. */
  readonly ms: number;
}

export interface Argon2ThreadsOptions {
  readonly library: Argon2Library;
  /** As many as hashes may run at once. */
  readonly size: number;
}

/**
 * Threads that compute Argon2, one for each place of the gate. Those of the pool would do it too, but wait for the event loop between
 * two hashes; these can have the next one in hand. Each starts with its first hash and ends when there has been none for a minute.
 */
export class Argon2Threads {
  readonly #threads: readonly ComputingThread<Argon2Job, TimedDigest>[];

  constructor({ library, size }: Argon2ThreadsOptions) {
    const module = new URL('./argon2-thread.js', import.meta.url);
    this.#threads = Array.from({ length: size }, () => new ComputingThread({ module, data: library.name }));
  }

  /** Once the thread of this place, counted from 0, has done what it has in hand. */
  async compute(place: number, password: string, task: Argon2Task): Promise<TimedDigest> {
    const thread = this.#threads[place];
    if (thread === undefined) throw new RangeError(`no thread has place ${place}`);
    const { scheme, version, memoryKib, timeCost, parallelism, salt, digestBytes } = task;
    // A copy of the salt: with a buffer of node's all that lies beside it would go to the thread.
    const sent = { scheme, version, memoryKib, timeCost, parallelism, salt: Uint8Array.from(salt), digestBytes };
    return await thread.compute({ password, task: sent });
  }
}
