import type { Subscription } from '../../../core/domain/subscriptions/subscription.js';
import { instantText, instantTextOrNull } from '../instant-text.js';

/** A subscription, judged at the time of asking. */
export interface SubscriptionBody {
  /** @example "annuel" */
  plan: string;
  status: 'active' | 'upcoming' | 'expired' | 'cancelled';
  /**
   * @format date-time
   * @example "2026-01-01T00:00:00.000Z"
   */
  starts_at: string;
  /**
   * The last instant at which it holds; null: without end.
   * @format date-time
   * @example "2026-12-31T23:59:59.999Z"
   */
  ends_at: string | null;
}

export function subscriptionBody({ plan, status, startsAt, endsAt }: Subscription): SubscriptionBody {
  return { plan, status, starts_at: instantText(startsAt), ends_at: instantTextOrNull(endsAt) };
}
