import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/** The existing subscriptions table: read, never written. */
export interface SubscriptionReader {
  /** All periods of one user, in no order; empty where there is no such table. */
  periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]>;

  /** As `periodsOf`, of several users in one round trip; who has none may be absent. At most 100 users. */
  periodsOfMany(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly SubscriptionPeriod[]>>;
}
