import type { NewEvent } from '../../domain/live/live-event.js';
import type { OwnEvent } from '../../domain/live/own-event.js';

/** An event as it is published, kept and delivered: its data is made once and carried as it is. */
export type EncodedEvent = Pick<NewEvent, 'name' | 'data'>;

/** Puts the server's own events into the words of its clients. */
export interface EventEncoder {
  /**
   * Returns a name that is reserved to the server (`isReservedName`) and data of at most `maxEventBytes`. Equal events have equal data, in
   * every process: `WatchSubscriptions` finds out by it whether a state was announced already. Never throws.
   */
  encode(event: OwnEvent): EncodedEvent;
}
