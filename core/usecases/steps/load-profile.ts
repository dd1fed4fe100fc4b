import type { Profile } from '../../domain/accounts/profile.js';
import type { User } from '../../domain/accounts/user.js';
import { AuthError } from '../../domain/auth-error.js';
import type { Instant } from '../../domain/instant.js';
import { currentSubscription } from '../../domain/subscriptions/subscription.js';
import type { SubscribedUser } from '../../ports/accounts/user-repository.js';
import type { Stores } from '../../ports/unit-of-work.js';

/** The user, with the subscription that applies at `now`. */
export async function loadProfile(user: User, now: Instant, stores: Pick<Stores, 'subscriptions'>): Promise<Profile> {
  return { user, subscription: currentSubscription(await stores.subscriptions.periodsOf(user.id), now) };
}

/** The same for a user that was read together with the periods. */
export function profileOf({ periods, ...user }: SubscribedUser, now: Instant): Profile {
  return { user, subscription: currentSubscription(periods, now) };
}

/**
 * Call it for a user whose token was valid: another application may since have deleted or closed the account.
 * @throws AuthError `session_revoked` for an account that no longer exists, `account_disabled` for a closed one.
 */
export function requireEnabled<Person extends User>(user: Person | null): Person {
  if (user === null) throw new AuthError('session_revoked');
  if (!user.isEnabled) throw new AuthError('account_disabled');
  return user;
}
