import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  #now: Instant;

  constructor(start: { readonly now: Instant } = { now: Date.UTC(2026, 0, 31, 12) }) {
    this.#now = start.now;
  }

  now(): Instant {
    return this.#now;
  }

  /** Moves on by `ms`; negative values move back, as clocks do. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
