export interface BackOffOptions {
  /** After a life of at least this length, the delay starts again from zero: the end has another cause. */
  readonly steadyMs?: number;
  readonly firstMs?: number;
  readonly maxMs?: number;
}

/** The delay before a process that ended is started again: none at first, then twice as long after each short life. */
export class BackOff {
  readonly #options: Required<BackOffOptions>;
  #shortLives = 0;

  constructor({ steadyMs = 30_000, firstMs = 500, maxMs = 30_000 }: BackOffOptions = {}) {
    this.#options = { steadyMs, firstMs, maxMs };
  }

  /** Milliseconds to wait after a process that lived for `livedMs`. */
  afterLifeOf(livedMs: number): number {
    const { steadyMs, firstMs, maxMs } = this.#options;
    if (livedMs >= steadyMs) this.#shortLives = 0;
    const waitMs = this.#shortLives === 0 ? 0 : Math.min(maxMs, firstMs * 2 ** (this.#shortLives - 1));
    this.#shortLives += 1;
    return waitMs;
  }
}
