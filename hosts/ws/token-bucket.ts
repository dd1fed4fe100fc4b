export interface TokenBucketOptions {
  readonly perSecond: number;
  /** What may be spent at once after a while of silence. */
  readonly burst: number;
}

/** So much a second in the long run. Instants are milliseconds of a clock that never goes back. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #left: number;
  #countedAt: number;

  constructor(options: TokenBucketOptions, now: number) {
    this.#options = options;
    this.#left = options.burst;
    this.#countedAt = now;
  }

  /** Spends `cost` where there is as much; else nothing, and false. */
  spend(cost: number, now: number): boolean {
    if (this.left(now) < cost) return false;
    this.#left -= cost;
    return true;
  }

  /** Spends `cost` in any case: what is missing is a debt, which is paid off first. */
  charge(cost: number, now: number): void {
    this.#left = this.left(now) - cost;
  }

  /** Below zero while there is a debt. */
  left(now: number): number {
    const { perSecond, burst } = this.#options;
    this.#left = Math.min(burst, this.#left + ((now - this.#countedAt) / 1000) * perSecond);
    this.#countedAt = now;
    return this.#left;
  }
}
