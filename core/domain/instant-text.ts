import type { Instant } from './instant.js';

const msPerDay = 86_400_000;

/** ISO 8601 in UTC with milliseconds: `2026-01-31T12:00:00.000Z`. For years 0000 to 9999. */
export function instantText(instant: Instant): string {
  const days = Math.floor(instant / msPerDay);
  const ms = instant - days * msPerDay;
  const time = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) => digits(Math.floor(part), 2)).join(':');
  return `${dateText(days)}T${time}.${digits(Math.floor(ms % 1000), 3)}Z`;
}

/** The proleptic Gregorian calendar, in eras of 400 years that begin on the first of March. */
function dateText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

const digits = (value: number, width: number): string => value.toString().padStart(width, '0');
