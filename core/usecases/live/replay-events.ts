import type { UserId } from '../../domain/ids.js';
import type { EventPosition } from '../../domain/live/live-event.js';
import type { EventHistory } from '../../ports/live/event-bus.js';
import type { Ports } from '../../ports/ports.js';

export interface ReplayEventsInput {
  readonly userId: UserId;
  /** The last place that the device knows of. */
  readonly after: EventPosition;
}

/** Events in one answer: few enough that a slow reader can be waited for between two. */
const pageSize = 32;

/**
 * What a device missed, one page at a time; a page without events is the last.
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
