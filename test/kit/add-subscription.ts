import type { User } from '../../core/domain/accounts/user.js';
import type { SubscriptionPeriod } from '../../core/domain/subscriptions/subscription.js';
import type { World } from './make-world.js';

const dayMs = 86_400_000;

/** Adds a period to a user's subscriptions as another application would: by default one that began yesterday and has 30 days. */
export async function addSubscription(
  { database, users, subscriptions, clock }: Pick<World, 'database' | 'users' | 'subscriptions' | 'clock'>,
  { id }: Pick<User, 'id'>,
  changes: Partial<SubscriptionPeriod> = {},
): Promise<SubscriptionPeriod> {
  const user = await users.find(id);
  if (user === null) throw new Error('a subscription needs its user');
  const startsAt = clock.now() - dayMs;
  const period: SubscriptionPeriod = { plan: 'monthly', startsAt, endsAt: startsAt + 30 * dayMs, standing: 'good', ...changes };
  await database.putAccount({ user, periods: [...(await subscriptions.periodsOf(id)), period] });
  return period;
}
