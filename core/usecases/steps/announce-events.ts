import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';
import type { OwnEvent } from '../../domain/live/own-event.js';
import type { Ports } from '../../ports/ports.js';

export type AnnounceEventsPorts = Pick<Ports, 'logger' | 'eventBus' | 'eventEncoder'>;

export interface Announcement {
  readonly userId: UserId;
  readonly event: OwnEvent;
  readonly at: Instant;
}

/** Max events published at once: the end of all sessions produces many events. */
const batchSize = 100;

/**
 * Publishes events to devices, only after the commit. Never rejects: the change is committed in any case, and a device that misses the
 * event learns of it with its next request.
 */
export async function announceEvents(
  events: readonly Announcement[],
  { eventBus, eventEncoder, logger }: AnnounceEventsPorts,
): Promise<void> {
  const publish = async ({ event, userId, at }: Announcement) => await eventBus.publish({ ...eventEncoder.encode(event), userId, at });
  for (let start = 0; start < events.length; start += batchSize) {
    const told = await Promise.allSettled(events.slice(start, start + batchSize).map(publish));
    const failed = told.find((result) => result.status === 'rejected');
    if (failed === undefined) continue;
    logger.warn('events could not be published', { error: failed.reason, count: events.length - start });
    return;
  }
}
