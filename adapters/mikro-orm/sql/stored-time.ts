import type { Instant } from '../../../core/domain/instant.js';

/** `YYYY-MM-DD hh:mm:ss.mmm`, UTC: how a DATETIME(3) of ours is written. */
export const toDatetime = (instant: Instant): string => new Date(instant).toISOString().slice(0, 23).replace('T', ' ');

/** `YYYY-MM-DD hh:mm:ss`, UTC: existing columns have no fraction, and the server would round it into the next second. */
export const toWholeDatetime = (instant: Instant): string => toDatetime(instant).slice(0, 19);

/** `YYYY-MM-DD`, UTC. */
export const toDay = (instant: Instant): string => toDatetime(instant).slice(0, 10);

/** Of what stands where a time should and is none: `0000-00-00`, a day that no calendar has, another text. */
export const unreadable = Symbol('unreadable');

/**
 * Reads a DATE, DATETIME or TIMESTAMP, taken as UTC unless it has an offset; a day without time is its first millisecond. Null for NULL
 * alone: what cannot be read is not taken for a time that is not there.
 */
export const readStoredTime = (value: unknown): Instant | null | typeof unreadable => read(value, '00:00:00.000');

/** As `readStoredTime`, but a day without time is its last millisecond. */
export const readStoredEnd = (value: unknown): Instant | null | typeof unreadable => read(value, '23:59:59.999');

/** For a time that nothing depends on: null as well where it cannot be read. */
export function fromStoredTime(value: unknown): Instant | null {
  const instant = readStoredTime(value);
  return instant === unreadable ? null : instant;
}

const shape = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/i;

/** The years that our texts can show. */
const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

function read(value: unknown, timeOfDay: string): Instant | null | typeof unreadable {
  if (value === null || value === undefined) return null;
  const instant = typeof value === 'number' ? value : instantOf(String(value), timeOfDay);
  return instant >= earliest && instant <= latest ? instant : unreadable;
}

/** NaN for what is no time. */
function instantOf(text: string, timeOfDay: string): number {
  const [, day = '', minutes, seconds = ':00', fraction = '', offset = 'Z'] = shape.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The parser takes the 30th of February for the 2nd of March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN;
  const time = minutes === undefined ? timeOfDay : `${minutes}${seconds}${fraction.slice(0, 4)}`;
  return time.startsWith('24') ? Number.NaN : Date.parse(`${day}T${time}${offset.toUpperCase()}`);
}
