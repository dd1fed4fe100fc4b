import type { Subscription } from '../subscriptions/subscription.js';
import type { User } from './user.js';

/** What `/users/me` shows: the person and the subscription at the time of asking. */
export interface Profile {
  readonly user: User;
  readonly subscription: Subscription | null;
}

/** One text for one representation: two profiles that look alike to the app give the same, and no others do. */
export function profileRepresentation({ user, subscription }: Profile): string {
  return JSON.stringify([
    [user.id, user.email, user.firstName, user.lastName, user.phone, user.createdAt],
    subscription && [subscription.plan, subscription.status, subscription.startsAt, subscription.endsAt],
  ]);
}
