import type { NewEvent } from '../../domain/live/live-event.js';
import type { Ports } from '../../ports/ports.js';

export type AnnounceEventsPorts = Pick<Ports, 'logger' | 'eventBus'>;

/** Published at once, at most: an end of all sessions has many events to tell. */
const batchSize = 100;

/**
 * Tells devices what has happened already. Only after the commit. Never rejects: what happened stays true, and a device that was not
 * told finds it out when it next asks.
 */
export async function announceEvents(events: readonly NewEvent[], { eventBus, logger }: AnnounceEventsPorts): Promise<void> {
  for (let start = 0; start < events.length; start += batchSize) {
    const told = await Promise.allSettled(events.slice(start, start + batchSize).map((event) => eventBus.publish(event)));
    const failed = told.find((result) => result.status === 'rejected');
    if (failed === undefined) continue;
    logger.warn('events could not be published', { error: failed.reason, count: events.length - start });
    return;
  }
}
