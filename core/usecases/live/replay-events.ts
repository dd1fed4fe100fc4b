import type { UserId } from '../../domain/ids.js';
import type { EventPosition } from '../../domain/live/live-event.js';
import type { EventHistory } from '../../ports/live/event-bus.js';
import type { Ports } from '../../ports/ports.js';

export interface ReplayEventsInput {
  readonly userId: UserId;
  /** The last position that the device knows. */
  readonly after: EventPosition;
}

/** Max events on one page: small enough that the caller can wait for a slow reader between two pages. */
const pageSize = 32;

/**
 * Returns the events that a device missed, one page at a time. An empty page is the last one.
 * @throws AuthError `dependency_unavailable`
 */
export class ReplayEvents {
  readonly #ports: Pick<Ports, 'eventBus'>;

  constructor(ports: Pick<Ports, 'eventBus'>) {
    this.#ports = ports;
  }

  async execute({ userId, after }: ReplayEventsInput): Promise<EventHistory> {
    return await this.#ports.eventBus.readAfter(userId, after, pageSize);
  }
}
