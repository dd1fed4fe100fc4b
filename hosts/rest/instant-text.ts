import type { Instant } from '../../core/domain/instant.js';

/** ISO 8601 in UTC with milliseconds: `2026-01-31T12:00:00.000Z`. */
export const instantText = (instant: Instant): string => new Date(instant).toISOString();

export const instantTextOrNull = (instant: Instant | null): string | null => (instant === null ? null : instantText(instant));
