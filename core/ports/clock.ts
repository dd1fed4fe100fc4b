import type { Instant } from '../domain/instant.js';

/** The only clock for lifetimes: the database's clock in a deployment, a manual clock in a test. */
export interface Clock {
  now(): Instant;
}
