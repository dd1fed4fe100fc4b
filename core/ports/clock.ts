import type { Instant } from '../domain/instant.js';

/** The one clock that lifetimes are judged by: the database's in a deployment, a manual one in a test. */
export interface Clock {
  now(): Instant;
}
