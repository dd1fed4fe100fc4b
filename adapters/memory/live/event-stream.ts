import type { Instant } from '../../../core/domain/instant.js';
import type { JsonText } from '../../../core/domain/json-text.js';
import type { EventPosition, HistoryBounds, LiveEvent, NewEvent } from '../../../core/domain/live/live-event.js';
import type { EventHistory } from '../../../core/ports/live/event-bus.js';
import { heapBytes } from '../heap-bytes.js';
import { keepText, keptTextBytes, readText } from '../kept-text.js';
import type { Link } from '../linked-list.js';
import type { KeptEvent, KeptEvents } from './kept-events.js';

export interface EventStreamOptions {
  readonly epoch: string;
  readonly bounds: Pick<HistoryBounds, 'events' | 'bytesPerUser'>;
  /** The events of all users, including this one. */
  readonly kept: KeptEvents;
}

/** Heap bytes of an event without its texts, rounded up. */
const overheadBytes = 288;
/** Max number of states that are remembered by name. The server uses one. */
const maxStates = 16;

/** The events of one user. The last ones are kept. */
export class EventStream {
  readonly #options: EventStreamOptions;
  /** The last published state of each name that carries one. */
  #states: Map<string, string> | null = null;
  #offset = 0;
  /** The events that are kept, oldest first, without a gap up to the newest. */
  #events: Link<KeptEvent>[] = [];
  #bytes = 0;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  get position(): EventPosition {
    return { epoch: this.#options.epoch, offset: this.#offset };
  }

  append({ name, data, at }: NewEvent, now: Instant): LiveEvent {
    const { bounds, kept } = this.#options;
    this.#offset += 1;
    const event = { ...this.position, name, data, at };
    const keptData = keepText(data);
    const bytes = overheadBytes + keptTextBytes(keptData) + heapBytes(name);
    this.#events.push(kept.add({ offset: event.offset, name, at, data: keptData, keptAt: now, bytes, owner: this }));
    this.#bytes += bytes;
    while (this.#events.length > bounds.events || this.#bytes > bounds.bytesPerUser) this.dropOldest();
    kept.trim(now);
    return event;
  }

  /** Events beyond the age or size limit are lost. */
  readAfter({ epoch, offset }: EventPosition, limit: number, now: Instant): EventHistory {
    this.#options.kept.trim(now);
    const newest = this.position;
    const missed = newest.offset - offset;
    if (epoch !== newest.epoch || missed < 0 || missed > this.#events.length) return { kind: 'lost', newest };
    const start = this.#events.length - missed;
    const events = this.#events.slice(start, start + limit).map(({ value: { offset, name, data, at } }) => {
      // a cast: the text is the one that was stored
      return { epoch, offset, name, data: readText(data) as JsonText, at };
    });
    return { kind: 'found', events, newest };
  }

  /** Stores a state and returns the previous one; undefined where none is known. */
  changeState(name: string, current: string): string | undefined {
    this.#states ??= new Map();
    const before = this.#states.get(name);
    this.#states.delete(name);
    this.#states.set(name, current);
    const [oldest] = this.#states.keys();
    if (oldest !== undefined && this.#states.size > maxStates) this.#states.delete(oldest);
    return before;
  }

  dropOldest(): void {
    const oldest = this.#events.shift();
    if (oldest === undefined) return;
    this.#bytes -= oldest.value.bytes;
    this.#options.kept.remove(oldest);
  }

  dropAll(): void {
    while (this.#events.length > 0) this.dropOldest();
  }
}
