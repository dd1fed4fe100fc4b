import type { Instant } from '../../../core/domain/instant.js';

/** `YYYY-MM-DD hh:mm:ss.mmm`, UTC: how the DATETIME(3) columns of the `auth_*` and `audit_*` tables are written. */
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
export const readStoredTime = (value: unknown): Instant | null | typeof unreadable => read(value, 0);

/** As `readStoredTime`, but a day without time is its last millisecond. */
export const readStoredEnd = (value: unknown): Instant | null | typeof unreadable => read(value, dayMs - 1);

/** For a time that nothing depends on: null as well where it cannot be read. */
export function fromStoredTime(value: unknown): Instant | null {
  const instant = readStoredTime(value);
  return instant === unreadable ? null : instant;
}

const dayMs = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.(\d+))?)?(?:Z|([+-]\d{2}):(\d{2}))?$/i;

/** The years that our texts can show. */
const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** `timeOfDay` in milliseconds, of a day without time. */
function read(value: unknown, timeOfDay: number): Instant | null | typeof unreadable {
  if (value === null || value === undefined) return null;
  const instant = typeof value === 'number' ? value : instantOf(String(value), timeOfDay);
  return instant >= earliest && instant <= latest ? instant : unreadable;
}

/** NaN for what is no time. By hand: every request reads some, and `Date.parse` takes the 30th of February for the 2nd of March. */
function instantOf(text: string, timeOfDay: number): number {
  const [, years, months, days, hours, minutes, seconds = '0', fraction = '0', offset, offsetMinutes = '0'] = shape.exec(text) ?? [];
  const midnight = midnightOf(Number(years), Number(months), Number(days));
  const ms =
    hours === undefined ? timeOfDay : msOf(Number(hours), Number(minutes), Number(seconds)) + Math.trunc(Number(`0.${fraction}`) * 1000);
  if (offset === undefined) return midnight + ms;
  const ahead = msOf(Math.abs(Number(offset)), Number(offsetMinutes), 0);
  return midnight + ms - (offset.startsWith('-') ? -ahead : ahead);
}

/** The calendar repeats itself after 400 years; `Date.UTC` takes the years from 0 to 99 for those of another century. */
const cycleYears = 400;
const cycleMs = Date.UTC(2000 + cycleYears) - Date.UTC(2000);

function midnightOf(year: number, month: number, day: number): number {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  return isDay ? Date.UTC(year + cycleYears, month - 1, day) - cycleMs : Number.NaN;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const msOf = (hours: number, minutes: number, seconds: number): number =>
  hours < 24 && minutes < 60 && seconds < 60 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : Number.NaN;
