import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

const sampleEveryMs = 30_000;
/** Of the last so many samples the quickest one counts: its error is half of its round trip at most. */
const keptSamples = 4;

interface Sample {
  /** The database's clock minus the clock of this machine. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** The database server's clock, read every 30 seconds and continued with this machine's clock: all processes judge by the same time. */
export class DatabaseClock implements Clock, Disposable {
  readonly #ask: () => Promise<Instant>;
  #samples: readonly Sample[] = [];
  #offsetMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor({ ask }: { readonly ask: () => Promise<Instant> }) {
    this.#ask = ask;
  }

  /** Sets the clock, and again every 30 seconds. @throws AuthError `dependency_unavailable` */
  async start(): Promise<void> {
    for (let count = 0; count < keptSamples; count += 1) await this.#sample();
    this.#timer = setInterval(() => void this.#sample().catch(() => {}), sampleEveryMs); // without news the last offset holds
    this.#timer.unref();
  }

  now(): Instant {
    if (this.#offsetMs === null) throw new Error('the clock was not started');
    return Math.round(Date.now() + this.#offsetMs);
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const askedAt = Date.now();
    const startedAt = performance.now();
    const theirs = await this.#ask();
    const roundTripMs = performance.now() - startedAt;
    const sample = { offsetMs: theirs - (askedAt + roundTripMs / 2), roundTripMs };
    this.#samples = [...this.#samples, sample].slice(-keptSamples);
    this.#offsetMs = this.#samples.reduce((best, next) => (next.roundTripMs <= best.roundTripMs ? next : best), sample).offsetMs;
  }
}
