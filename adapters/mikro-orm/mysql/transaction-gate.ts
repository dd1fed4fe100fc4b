import { timeoutError } from '../sql/driver-errors.js';

export interface TransactionGateOptions {
  /** Transactions at once. */
  readonly most: number;
  /** Longest wait for a place, in milliseconds. */
  readonly waitMs: number;
}

/**
 * Keeps transactions from taking every connection of a pool: those that wait for a row, as many do when one account is signed in to at
 * many places at once, would keep everybody waiting who only wants to read.
 */
export class TransactionGate {
  readonly #options: TransactionGateOptions;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(options: TransactionGateOptions) {
    this.#options = options;
  }

  /** @throws AuthError `dependency_unavailable` when no place is free in time */
  async run<Result>(transaction: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#options.most) await this.#turn();
    else this.#running += 1;
    try {
      return await transaction();
    } finally {
      this.#handOn();
    }
  }

  async #turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    const impatience = setTimeout(() => {
      if (this.#waiting.delete(resolve)) reject(timeoutError('connection'));
    }, this.#options.waitMs);
    await promise.finally(() => clearTimeout(impatience));
  }

  /** To whoever waits longest. */
  #handOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
