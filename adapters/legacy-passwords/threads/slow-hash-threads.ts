import { ComputingThread } from '../../threads/computing-thread.js';
import type { SlowHash } from './slow-hash.js';

type Thread = ComputingThread<SlowHash, string>;

export interface SlowHashThreadsOptions {
  /** Threads at most: as many as hashes are let run at once. */
  readonly size: number;
}

/**
 * Computes slow hashes beside the event loop, first come, first served. A thread starts when it is first needed, stays for the next
 * hash, and ends when there has been none for a minute. How many hashes may wait is the business of the gate before it.
 */
export class SlowHashThreads {
  readonly #idle: Thread[];
  readonly #waiting: ((thread: Thread) => void)[] = [];

  constructor({ size }: SlowHashThreadsOptions) {
    const module = new URL('./slow-hash-thread.js', import.meta.url);
    this.#idle = Array.from({ length: size }, () => new ComputingThread({ module }));
  }

  /** The last field of the hash. Rejects when its thread breaks; the next hash gets a new one. */
  async compute(slowHash: SlowHash): Promise<string> {
    const thread = this.#idle.pop() ?? (await this.#turn());
    try {
      return await thread.compute(slowHash);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(thread);
      else next(thread);
    }
  }

  #turn(): Promise<Thread> {
    const turn = Promise.withResolvers<Thread>();
    this.#waiting.push(turn.resolve);
    return turn.promise;
  }
}
