import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

/** A clock whose time changes only by a call. */
export class ManualClock implements Clock {
  #now: Instant;

  constructor(start: { readonly now: Instant } = { now: Date.UTC(2026, 0, 31, 12) }) {
    this.#now = start.now;
  }

  now(): Instant {
    return this.#now;
  }

  /** Advances by `ms`. A negative value moves the clock back, as real clocks can move. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
