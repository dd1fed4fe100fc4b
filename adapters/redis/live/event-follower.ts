import type { UserId } from '../../../core/domain/ids.js';
import type { EventPosition, LiveEvent } from '../../../core/domain/live/live-event.js';
import type { EventHistory, EventListener } from '../../../core/ports/live/event-bus.js';

export interface EventFollowerOptions {
  readonly userId: UserId;
  readonly listener: EventListener;
  readonly read: (after: EventPosition) => Promise<EventHistory>;
}

const nowhere: EventPosition = { epoch: '', offset: 0 };

/**
 * Combines a channel, which may lose messages, with the user's history, which has them, into a stream without gaps. The offsets show which
 * events are missing.
 */
export class EventFollower {
  readonly #options: EventFollowerOptions;
  #position: EventPosition | null = null;
  /** True when a connection was opened without a position: `lost` is called with the position once it is known. */
  #isPlaceDue = false;
  #reading: Promise<void> | null = null;
  #isStale = false;

  constructor(options: EventFollowerOptions) {
    this.#options = options;
  }

  get position(): EventPosition | null {
    return this.#position;
  }

  /** Finds the position to start from. When it rejects, the listener gets the position once it is found. */
  async start(): Promise<void> {
    try {
      await this.catchUp();
    } catch (error) {
      this.#isPlaceDue = true;
      throw error;
    }
  }

  /** Takes an event from the channel. Returns false when events before it are missing: then the caller calls `catchUp`. */
  hear(event: LiveEvent): boolean {
    const place = this.#position;
    if (this.#reading !== null || place === null || event.epoch !== place.epoch || event.offset > place.offset + 1) return false;
    if (event.offset > place.offset) this.#pass(event);
    return true;
  }

  /** Reads to the end of the stream, including events that arrive on the channel meanwhile. Rejects when the history cannot be read. */
  async catchUp(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #readOn(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      let hasMore = true;
      while (hasMore) hasMore = await this.#readPage();
    }
  }

  /** Returns whether there is another page. */
  async #readPage(): Promise<boolean> {
    const { userId, listener, read } = this.#options;
    const place = this.#position;
    const history = await read(place ?? nowhere);
    if (history.kind === 'found') {
      for (const event of history.events) this.#pass(event);
      return history.events.length > 0 && this.#position?.offset !== history.newest.offset;
    }
    this.#position = history.newest;
    if (place !== null || this.#isPlaceDue) listener.lost(userId, history.newest);
    return false;
  }

  #pass(event: LiveEvent): void {
    this.#position = { epoch: event.epoch, offset: event.offset };
    this.#options.listener.delivered(this.#options.userId, event);
  }
}
