import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

/** The clock of this machine. */
export class SystemClock implements Clock {
  now(): Instant {
    return Date.now();
  }
}
