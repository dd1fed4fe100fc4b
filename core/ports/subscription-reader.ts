import type { UserId } from '../domain/ids.js';
import type { SubscriptionPeriod } from '../domain/subscription.js';

/** The existing subscriptions table: read, never written. */
export interface SubscriptionReader {
  /** All periods of one user, in no order; empty where there is no such table. */
  periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]>;
}
