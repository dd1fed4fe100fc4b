import type { EventPosition } from '../../core/domain/live/live-event.js';

/** The position before every event, without an epoch. */
export const nowhere: EventPosition = { epoch: '', offset: 0 };

/** Returns whether `place` is at `position` or after it. An unknown position is reached by every place. */
export const isReached = (position: EventPosition | null, place: EventPosition | null): boolean =>
  position === null || (place !== null && position.epoch === place.epoch && place.offset >= position.offset);

/** Returns the end of history, or a later position if this process has received more events since. */
export const later = (newest: EventPosition, heard: EventPosition | null): EventPosition =>
  heard !== null && heard.epoch === newest.epoch && heard.offset > newest.offset ? heard : newest;
