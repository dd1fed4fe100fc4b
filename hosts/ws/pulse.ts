export interface PulseOptions {
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
}

/** Knows when a client is to be asked whether it lives, and when it did not answer in time. Instants are of a clock that never goes back. */
export class Pulse {
  readonly #options: PulseOptions;
  #pingDueAt: number;
  #pongDueAt = Number.POSITIVE_INFINITY;

  constructor(options: PulseOptions, now: number) {
    this.#options = options;
    this.#pingDueAt = now + options.pingIntervalMs;
  }

  /** The client answered. */
  answered(): void {
    this.#pongDueAt = Number.POSITIVE_INFINITY;
  }

  /** What is due: at most one ping is without an answer. */
  due(now: number): 'ping' | 'cut' | null {
    if (now >= this.#pongDueAt) return 'cut';
    if (now < this.#pingDueAt) return null;
    this.#pingDueAt = now + this.#options.pingIntervalMs;
    this.#pongDueAt = Math.min(this.#pongDueAt, now + this.#options.pongTimeoutMs);
    return 'ping';
  }
}
