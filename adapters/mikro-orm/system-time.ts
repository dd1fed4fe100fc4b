import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';

/** The clock of the machine, which is the embedded database's too. */
export class SystemTime implements Clock {
  now(): Instant {
    return Date.now();
  }
}
