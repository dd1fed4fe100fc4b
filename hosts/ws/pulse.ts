export interface PulseOptions {
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
}

/** Determines when to send a ping to a client, and when its pong is overdue. Instants are from a monotonic clock. */
export class Pulse {
  readonly #options: PulseOptions;
  #pingDueAt: number;
  #pongDueAt = Number.POSITIVE_INFINITY;

  constructor(options: PulseOptions, now: number) {
    this.#options = options;
    this.#pingDueAt = now + options.pingIntervalMs;
  }

  /** The client sent a pong. */
  answered(): void {
    this.#pongDueAt = Number.POSITIVE_INFINITY;
  }

  /** Returns what is due: at most one ping is without a pong. */
  due(now: number): 'ping' | 'cut' | null {
    if (now >= this.#pongDueAt) return 'cut';
    if (now < this.#pingDueAt) return null;
    this.#pingDueAt = now + this.#options.pingIntervalMs;
    this.#pongDueAt = Math.min(this.#pongDueAt, now + this.#options.pongTimeoutMs);
    return 'ping';
  }
}
