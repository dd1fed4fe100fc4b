import type { Instant } from '../../core/domain/instant.js';
import type { EventPosition, HistoryBounds, LiveEvent, NewEvent } from '../../core/domain/live-event.js';
import type { EventHistory } from '../../core/ports/event-bus.js';

/** The events of one user, of which the last ones are kept. */
export class EventStream {
  readonly #epoch: string;
  readonly #bounds: HistoryBounds;
  /** What was told last under a name that tells of a state. */
  readonly states = new Map<string, string>();
  #offset = 0;
  #history: readonly { readonly event: LiveEvent; readonly keptAt: Instant }[] = [];

  constructor(options: { readonly epoch: string; readonly bounds: HistoryBounds }) {
    this.#epoch = options.epoch;
    this.#bounds = options.bounds;
  }

  get position(): EventPosition {
    return { epoch: this.#epoch, offset: this.#offset };
  }

  append({ name, data, at }: NewEvent, now: Instant): LiveEvent {
    this.#offset += 1;
    const event = { ...this.position, name, data, at };
    this.#history = [...this.#young(now), { event, keptAt: now }].slice(-this.#bounds.events);
    return event;
  }

  readAfter({ epoch, offset }: EventPosition, limit: number, now: Instant): EventHistory {
    const newest = this.position;
    const isKnown = epoch === this.#epoch && offset <= newest.offset;
    if (isKnown && offset === newest.offset) return { kind: 'found', events: [], newest };
    const events = this.#young(now)
      .map(({ event }) => event)
      .filter((event) => event.offset > offset);
    if (!isKnown || events[0]?.offset !== offset + 1) return { kind: 'lost', newest };
    return { kind: 'found', events: events.slice(0, limit), newest };
  }

  #young(now: Instant) {
    return this.#history.filter(({ keptAt }) => keptAt > now - this.#bounds.ageMs);
  }
}
