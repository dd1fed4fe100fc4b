import type { Subscription } from '../subscriptions/subscription.js';
import type { User } from './user.js';

/** The content of `/users/me`: the user, and the subscription at the time of the request. */
export interface Profile {
  readonly user: User;
  readonly subscription: Subscription | null;
}

/**
 * Returns one text for one representation: two profiles with the same representation give the same text, and different ones different
 * texts.
 */
export function profileRepresentation({ user, subscription }: Profile): string {
  return JSON.stringify([
    [user.id, user.email, user.firstName, user.lastName, user.phone, user.createdAt],
    subscription && [subscription.plan, subscription.status, subscription.startsAt, subscription.endsAt],
  ]);
}
