import type { EventPosition } from '../../core/domain/live/live-event.js';

/** The position before every event, of no epoch. */
export const nowhere: EventPosition = { epoch: '', offset: 0 };

/** Whether `place` is `position` or beyond. A position that is unknown is reached by all. */
export const isReached = (position: EventPosition | null, place: EventPosition | null): boolean =>
  position === null || (place !== null && position.epoch === place.epoch && place.offset >= position.offset);

/** Where history ends, or beyond it, if this process has heard of more since. */
export const later = (newest: EventPosition, heard: EventPosition | null): EventPosition =>
  heard !== null && heard.epoch === newest.epoch && heard.offset > newest.offset ? heard : newest;
