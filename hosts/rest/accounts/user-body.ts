import type { Profile } from '../../../core/domain/accounts/profile.js';
import { instantTextOrNull } from '../instant-text.js';
import { type SubscriptionBody, subscriptionBody } from '../subscriptions/subscription-body.js';

/** A person, as shown to himself. */
export interface UserBody {
  /** @example "7" */
  id: string;
  /** @example "camille@example.org" */
  email: string;
  /** @example "Camille" */
  first_name: string | null;
  /** @example "Girard" */
  last_name: string | null;
  /** @example "+33612345678" */
  phone: string | null;
  /**
   * Null where the existing table does not tell.
   * @format date-time
   * @example "2026-01-31T12:00:00.000Z"
   */
  created_at: string | null;
  /** Of several the current one, else the next one, else the last one; null for none. */
  subscription: SubscriptionBody | null;
}

export function userBody({ user, subscription }: Profile): UserBody {
  return {
    id: user.id,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    phone: user.phone,
    created_at: instantTextOrNull(user.createdAt),
    subscription: subscription && subscriptionBody(subscription),
  };
}
