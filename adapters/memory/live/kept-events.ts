import type { Instant } from '../../../core/domain/instant.js';
import type { HistoryBounds, LiveEvent } from '../../../core/domain/live/live-event.js';
import type { KeptText } from '../kept-text.js';
import { type Link, LinkedList } from '../linked-list.js';

/** An event in memory. */
export interface KeptEvent extends Pick<LiveEvent, 'offset' | 'name' | 'at'> {
  readonly data: KeptText;
  readonly keptAt: Instant;
  /** Its size in bytes. */
  readonly bytes: number;
  /** The events of its user. It is the oldest of them when it is dropped. */
  readonly owner: { dropOldest(): void };
}

/** The events of all users in the order of their arrival, limited in age and bytes. */
export class KeptEvents {
  readonly #bounds: Pick<HistoryBounds, 'ageMs' | 'bytesInAll'>;
  readonly #events = new LinkedList<KeptEvent>();
  #bytes = 0;

  constructor(bounds: Pick<HistoryBounds, 'ageMs' | 'bytesInAll'>) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(kept: KeptEvent): Link<KeptEvent> {
    this.#bytes += kept.bytes;
    return this.#events.append(kept);
  }

  remove(link: Link<KeptEvent>): void {
    this.#bytes -= link.value.bytes;
    this.#events.remove(link);
  }

  /** Drops the oldest events, of any user, until the rest is within the limits. */
  trim(now: Instant): void {
    const { ageMs, bytesInAll } = this.#bounds;
    for (let oldest = this.#events.first; oldest !== null; oldest = this.#events.first) {
      if (this.#bytes <= bytesInAll && oldest.keptAt > now - ageMs) return;
      oldest.owner.dropOldest();
    }
  }
}
