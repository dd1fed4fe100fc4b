import { Worker } from 'node:worker_threads';
import type { SlowHash } from './slow-hash.js';

/**
 * A thread that computes one hash at a time, started by the first and, should it have broken, anew by the next one. It keeps the
 * process alive while it computes, and at no other time.
 */
export class HashingThread {
  #worker: Worker | null = null;
  #answer: PromiseWithResolvers<string> | null = null;

  /** Rejects when the thread breaks. */
  async compute(slowHash: SlowHash): Promise<string> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const answer = Promise.withResolvers<string>();
    this.#answer = answer;
    worker.ref();
    try {
      worker.postMessage(slowHash);
      return await answer.promise;
    } finally {
      worker.unref();
      this.#answer = null;
    }
  }

  #start(): Worker {
    // Without the options of the process: those of `node --eval`, among others, would keep the thread from starting.
    const worker = new Worker(new URL('./hashing-thread-main.js', import.meta.url), { execArgv: [] });
    worker.on('message', (text: string) => this.#answer?.resolve(text));
    const end = (error: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#answer?.reject(error);
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('a hashing thread ended')));
    return worker;
  }
}
