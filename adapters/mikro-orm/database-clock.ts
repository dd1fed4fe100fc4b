import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

const sampleEveryMs = 30_000;
/** Of the last so many samples the quickest one counts: its error is half of its round trip at most. */
const keptSamples = 4;

interface Sample {
  /** Database's clock less ours. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** The database server's clock, read now and then and continued with our own: all processes judge by the same time. */
export class DatabaseClock implements Clock, Disposable {
  readonly #ask: () => Promise<Instant>;
  #samples: readonly Sample[] = [];
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
    const [first, ...others] = this.#samples;
    if (first === undefined) throw new Error('the clock was not started');
    const best = others.reduce((quickest, next) => (next.roundTripMs <= quickest.roundTripMs ? next : quickest), first);
    return Math.round(Date.now() + best.offsetMs);
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const askedAt = Date.now();
    const startedAt = performance.now();
    const theirs = await this.#ask();
    const roundTripMs = performance.now() - startedAt;
    this.#samples = [...this.#samples, { offsetMs: theirs - (askedAt + roundTripMs / 2), roundTripMs }].slice(-keptSamples);
  }
}
