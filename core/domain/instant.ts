/** A point in time: milliseconds since 1970-01-01T00:00:00Z, read from the `Clock` port and from nowhere else. */
export type Instant = number;

export const secondsToMs = (seconds: number): number => seconds * 1000;

/** Whole seconds from `now` until `until`, never below zero. */
export const secondsUntil = (until: Instant, now: Instant): number => Math.max(0, Math.floor((until - now) / 1000));

/** The max difference between the clocks of two processes, in milliseconds. */
export const clockSkewMs = 10_000;
