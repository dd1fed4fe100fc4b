import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import type { Instant } from '../../../core/domain/instant.js';

type Action = () => Promise<void> | void;

interface Entry {
  readonly at: Instant;
  readonly action: Action;
}

/** The actions of one phone in the order of their instants, with a separate clock that moves from each to the next. */
export class Timeline {
  readonly clock: ManualClock;
  readonly #agenda: Entry[] = [];

  constructor(options: { readonly startsAt: Instant }) {
    this.clock = new ManualClock({ now: options.startsAt });
  }

  /** Of actions at the same instant, the one added first runs first. An action in the past runs next. */
  schedule(at: Instant, action: Action): void {
    const later = this.#agenda.findIndex((entry) => entry.at > at);
    this.#agenda.splice(later === -1 ? this.#agenda.length : later, 0, { at, action });
  }

  /** Actions after `end` do not run. */
  async runUntil(end: Instant): Promise<void> {
    for (let next = this.#agenda.shift(); next !== undefined && next.at < end; next = this.#agenda.shift()) {
      this.clock.advance(Math.max(0, next.at - this.clock.now()));
      await next.action();
    }
  }
}
