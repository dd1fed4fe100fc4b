import type { EventPosition, NewEvent } from '../../../core/domain/live/live-event.js';
import { Batcher } from '../../concurrency/batcher.js';
import type { EventStreams } from './event-streams.js';

export interface EventBatcherOptions {
  readonly streams: Pick<EventStreams, 'append'>;
  /** Events in one call, at most. */
  readonly maxEvents: number;
}

/**
 * Publishes the events of one event-loop turn in one call, in the order in which they came: a call costs this process and Redis more than
 * an event does. When a call fails, all of its events reject.
 */
export const eventBatcher = ({ streams, maxEvents }: EventBatcherOptions): Batcher<NewEvent, EventPosition> =>
  new Batcher({
    maxItems: maxEvents,
    run: async (events) => {
      const positions = await streams.append(events);
      return (_event, index) => positions[index] ?? Promise.reject(new Error('an event without a position'));
    },
  });
