import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import type { Instant } from '../../../core/domain/instant.js';

type Action = () => Promise<void> | void;

interface Entry {
  readonly at: Instant;
  readonly action: Action;
}

/** The actions around one phone in the order of their instants, under a clock of their own that moves from each to the next. */
export class Timeline {
  readonly clock: ManualClock;
  readonly #agenda: Entry[] = [];

  constructor(options: { readonly startsAt: Instant }) {
    this.clock = new ManualClock({ now: options.startsAt });
  }

  /** Of entries with one instant the one added first comes first; one in the past comes next. */
  schedule(at: Instant, action: Action): void {
    const later = this.#agenda.findIndex((entry) => entry.at > at);
    this.#agenda.splice(later === -1 ? this.#agenda.length : later, 0, { at, action });
  }

  /** What is left after `end` is not done. */
  async runUntil(end: Instant): Promise<void> {
    for (let next = this.#agenda.shift(); next !== undefined && next.at < end; next = this.#agenda.shift()) {
      this.clock.advance(Math.max(0, next.at - this.clock.now()));
      await next.action();
    }
  }
}
