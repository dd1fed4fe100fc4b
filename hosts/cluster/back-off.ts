export interface BackOffOptions {
  /** Who lived so long was well, and what ended it is a new matter. */
  readonly steadyMs?: number;
  readonly firstMs?: number;
  readonly mostMs?: number;
}

/** How long to wait before a process that ended is started again: not at all at first, then twice as long with each short life. */
export class BackOff {
  readonly #options: Required<BackOffOptions>;
  #shortLives = 0;

  constructor({ steadyMs = 30_000, firstMs = 500, mostMs = 30_000 }: BackOffOptions = {}) {
    this.#options = { steadyMs, firstMs, mostMs };
  }

  /** Milliseconds to wait after a process that lived for `livedMs`. */
  afterLifeOf(livedMs: number): number {
    const { steadyMs, firstMs, mostMs } = this.#options;
    if (livedMs >= steadyMs) this.#shortLives = 0;
    const waitMs = this.#shortLives === 0 ? 0 : Math.min(mostMs, firstMs * 2 ** (this.#shortLives - 1));
    this.#shortLives += 1;
    return waitMs;
  }
}
