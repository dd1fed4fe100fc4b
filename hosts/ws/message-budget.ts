export interface MessageBudgetOptions {
  readonly perSecond: number;
  /** What a client that was silent may spend at once. */
  readonly burst: number;
}

/** Messages that a client may send: so many a second in the long run. */
export class MessageBudget {
  readonly #options: MessageBudgetOptions;
  #left: number;
  /** Milliseconds of a clock that never goes back. */
  #countedAt: number;

  constructor(options: MessageBudgetOptions, now: number) {
    this.#options = options;
    this.#left = options.burst;
    this.#countedAt = now;
  }

  /** False once more was spent than there is. */
  spend(now: number): boolean {
    const { perSecond, burst } = this.#options;
    this.#left = Math.min(burst, this.#left + ((now - this.#countedAt) / 1000) * perSecond);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
