import type { EventPosition, NewEvent } from '../../../core/domain/live/live-event.js';
import type { EventStreams } from './event-streams.js';

export interface GatheredEventsOptions {
  readonly streams: Pick<EventStreams, 'append'>;
  /** Events in one call, at most. */
  readonly largestGroup: number;
}

interface Waiting {
  readonly event: NewEvent;
  resolve(position: EventPosition): void;
  reject(error: unknown): void;
}

/**
 * Publishes the events of one turn of the event loop together, in the order in which they came: a call costs both sides more than an
 * event. Nobody waits for a clock.
 */
export class GatheredEvents {
  readonly #options: GatheredEventsOptions;
  #waiting: Waiting[] = [];

  constructor(options: GatheredEventsOptions) {
    this.#options = options;
  }

  publish(event: NewEvent): Promise<EventPosition> {
    const { promise, resolve, reject } = Promise.withResolvers<EventPosition>();
    if (this.#waiting.length === 0) setImmediate(() => this.#publishAll());
    this.#waiting.push({ event, resolve, reject });
    return promise;
  }

  #publishAll(): void {
    while (this.#waiting.length > 0) void this.#publishGroup(this.#waiting.splice(0, this.#options.largestGroup));
  }

  /** What breaks the call, breaks it for all of them. */
  async #publishGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const positions = await this.#options.streams.append(group.map(({ event }) => event));
      for (const [number, position] of positions.entries()) group[number]?.resolve(position);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
