import type { UserId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { JsonText } from '../json-text.js';

/**
 * A place in the stream of events of one user. Within an epoch offsets grow by one; a new epoch begins whenever history may have been
 * lost, so that a place of an earlier one is known to be gone.
 */
export interface EventPosition {
  readonly epoch: string;
  /** Of the last event before this place; 0 before the first. */
  readonly offset: number;
}

/** Something that a person's devices are told. */
export interface NewEvent {
  readonly userId: UserId;
  readonly name: string;
  readonly data: JsonText;
  readonly at: Instant;
}

/** An event that has its place. */
export interface LiveEvent extends EventPosition, Omit<NewEvent, 'userId'> {}

/** How much history is kept. Beyond a bound the oldest events are dropped first. */
export interface HistoryBounds {
  /** Of one user. */
  readonly events: number;
  readonly ageMs: number;
  /** Memory of one user's events, in bytes. */
  readonly bytesPerUser: number;
  /** Memory of all users' events together, in bytes: in one process, or in the Redis that processes share. */
  readonly bytesInAll: number;
}

export const historyBounds: HistoryBounds = {
  events: 200,
  ageMs: 600_000,
  bytesPerUser: 256 * 1024,
  bytesInAll: 16 * 1024 * 1024,
};

/** Greatest size of `data`, in bytes of UTF-8: with what is around it, an event stays below 64 KiB. */
export const maxEventBytes = 64_000;

/** A name says what happened: up to 64 letters, digits, `_`, `-` and dots between them. */
export const isEventName = (name: string): boolean => name.length <= 64 && /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name);

/** Names with a dot belong to the server: no device can speak in its name. */
export const isReservedName = (name: string): boolean => name.includes('.');

export const fitsEvent = (data: JsonText): boolean => data.length <= maxEventBytes && utf8Length(data) <= maxEventBytes;

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // each half of a surrogate pair stands for two of the four bytes
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
