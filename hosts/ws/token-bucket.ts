export interface TokenBucketOptions {
  readonly perSecond: number;
  /** The amount that may be spent at once after an idle time. */
  readonly burst: number;
}

/** A rate limit: a fixed amount a second on average. Instants are milliseconds of a monotonic clock. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #left: number;
  #countedAt: number;

  constructor(options: TokenBucketOptions, now: number) {
    this.#options = options;
    this.#left = options.burst;
    this.#countedAt = now;
  }

  /** Spends `cost` where that much is left; otherwise spends nothing and returns false. */
  spend(cost: number, now: number): boolean {
    if (this.left(now) < cost) return false;
    this.#left -= cost;
    return true;
  }

  /** Spends `cost` in any case. A missing amount is a debt, which later amounts pay first. */
  charge(cost: number, now: number): void {
    this.#left = this.left(now) - cost;
  }

  /** Negative while there is a debt. */
  left(now: number): number {
    const { perSecond, burst } = this.#options;
    this.#left = Math.min(burst, this.#left + ((now - this.#countedAt) / 1000) * perSecond);
    this.#countedAt = now;
    return this.#left;
  }
}
