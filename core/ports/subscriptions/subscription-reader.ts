import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/** Reads the existing subscriptions table, and never writes to it. */
export interface SubscriptionReader {
  /** Returns all periods of one user, in no order; empty where there is no such table. */
  periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]>;

  /** As `periodsOf`, for several users in one round trip. A user without periods may be absent. At most 100 users. */
  periodsOfMany(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly SubscriptionPeriod[]>>;
}
