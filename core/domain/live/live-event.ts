import type { UserId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { JsonText } from '../json-text.js';

/**
 * A position in the stream of events of one user. Within an epoch offsets grow by one. A new epoch begins whenever history may have been
 * lost, so that a position of an earlier epoch is recognised as lost.
 */
export interface EventPosition {
  readonly epoch: string;
  /** Offset of the last event before this position; 0 before the first. */
  readonly offset: number;
}

/** An event to publish to a user's devices. */
export interface NewEvent {
  readonly userId: UserId;
  readonly name: string;
  readonly data: JsonText;
  readonly at: Instant;
}

/** A published event with its position. */
export interface LiveEvent extends EventPosition, Omit<NewEvent, 'userId'> {}

/** How much history is kept. Beyond a limit the oldest events are dropped first. */
export interface HistoryBounds {
  /** Max number of events of one user. */
  readonly events: number;
  readonly ageMs: number;
  /** Memory of one user's events, in bytes. */
  readonly bytesPerUser: number;
  /** Memory of all users' events together, in bytes: in one process, or in the Redis that the processes share. */
  readonly bytesInAll: number;
}

export const historyBounds: HistoryBounds = {
  events: 200,
  ageMs: 600_000,
  bytesPerUser: 256 * 1024,
  bytesInAll: 16 * 1024 * 1024,
};

/** Max size of `data`, in bytes of UTF-8: with its envelope, an event stays below 64 KiB. */
export const maxEventBytes = 64_000;

/** An event name has up to 64 letters, digits, `_`, `-`, and dots between them. */
export const isEventName = (name: string): boolean => name.length <= 64 && /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name);

/** Names with a dot are reserved for the server: a device cannot use them. */
export const isReservedName = (name: string): boolean => name.includes('.');

export const fitsEvent = (data: JsonText): boolean => data.length <= maxEventBytes && utf8Length(data) <= maxEventBytes;

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // each half of a surrogate pair counts as two of the four bytes
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
