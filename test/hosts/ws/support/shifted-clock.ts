import type { Instant } from '../../../../core/domain/instant.js';
import type { Clock } from '../../../../core/ports/clock.js';

/** The time of day, which a test can move on. */
export class ShiftedClock implements Clock {
  #shift = 0;

  now(): Instant {
    return Date.now() + this.#shift;
  }

  advance(ms: number): void {
    this.#shift += ms;
  }
}
