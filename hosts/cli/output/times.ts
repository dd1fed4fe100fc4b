import type { Instant } from '../../../core/domain/instant.js';
import { instantText } from '../../../core/domain/instant-text.js';

/** ISO 8601 in UTC, for machines; null stays null. */
export const utcTime = (instant: Instant | null): string | null => (instant === null ? null : instantText(instant));

/** In the user's time zone, with its offset from UTC: `2026-01-31 13:00:00 +01:00`. */
export function localTime(instant: Instant | null): string | null {
  if (instant === null) return null;
  const date = new Date(instant);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  const minutes = -date.getTimezoneOffset();
  const distance = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map(twoDigits).join(':');
  return `${day} ${time} ${minutes < 0 ? '-' : '+'}${distance}`;
}

const twoDigits = (number: number): string => number.toString().padStart(2, '0');
