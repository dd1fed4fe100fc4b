import type { Instant } from '../../../core/domain/instant.js';

/** `YYYY-MM-DD hh:mm:ss.mmm`, UTC: how a DATETIME(3) of ours is written. */
export const toDatetime = (instant: Instant): string => new Date(instant).toISOString().slice(0, 23).replace('T', ' ');

/** `YYYY-MM-DD hh:mm:ss`, UTC: existing columns have no fraction, and the server would round it into the next second. */
export const toWholeDatetime = (instant: Instant): string => toDatetime(instant).slice(0, 19);

/** `YYYY-MM-DD`, UTC. */
export const toDay = (instant: Instant): string => toDatetime(instant).slice(0, 10);

/** Reads a DATE, DATETIME or TIMESTAMP, taken as UTC; a day without time is its first millisecond. Null for NULL and `0000-00-00`. */
export function fromStoredTime(value: unknown): Instant | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.startsWith('0000-00-00')) return null;
  const [day = '', time = '00:00:00'] = value.split(/[ T]/);
  const instant = Date.parse(`${day}T${time.slice(0, 12).replace('Z', '')}Z`);
  return Number.isNaN(instant) ? null : instant;
}

/** As `fromStoredTime`, but a day without time is its last millisecond. */
export function fromStoredEnd(value: unknown): Instant | null {
  return fromStoredTime(typeof value === 'string' && value.length === 10 ? `${value} 23:59:59.999` : value);
}
