import type { Instant } from '../instant.js';

export type SubscriptionStatus = 'active' | 'upcoming' | 'expired' | 'cancelled';

/** One row of the existing subscriptions table, read through the mapping. */
export interface SubscriptionPeriod {
  readonly plan: string;
  readonly startsAt: Instant;
  /** The last instant at which the period is valid; null for no end. */
  readonly endsAt: Instant | null;
  /** The state that the row itself records: `cancelled` is usable until its end, `unpaid` is not usable at all. */
  readonly standing: 'good' | 'cancelled' | 'unpaid';
}

/** The subscription in responses to the app: one period, judged at the time of the request. */
export interface Subscription {
  readonly plan: string;
  readonly status: SubscriptionStatus;
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
}

/** Selects from several periods the current one, otherwise the next one, otherwise the last one; null for none. */
export function currentSubscription(periods: readonly SubscriptionPeriod[], now: Instant): Subscription | null {
  const [first] = periods
    .map((period) => ({ period, status: statusAt(period, now) }))
    .sort((a, b) => rank[a.status] - rank[b.status] || nearness(a.status, a.period, b.period));
  if (!first) return null;
  const { plan, startsAt, endsAt } = first.period;
  return { plan, status: first.status, startsAt, endsAt };
}

/** An unpaid period counts as expired. A cancelled one stays `cancelled` until its end. */
export function statusAt(period: SubscriptionPeriod, now: Instant): SubscriptionStatus {
  if (period.standing === 'unpaid' || (period.endsAt !== null && period.endsAt < now)) return 'expired';
  if (period.startsAt > now) return 'upcoming';
  return period.standing === 'cancelled' ? 'cancelled' : 'active';
}

const rank: Record<SubscriptionStatus, number> = { active: 0, cancelled: 1, upcoming: 2, expired: 3 };

function nearness(status: SubscriptionStatus, a: SubscriptionPeriod, b: SubscriptionPeriod): number {
  if (status === 'upcoming') return a.startsAt - b.startsAt;
  if (status === 'expired') return (b.endsAt ?? b.startsAt) - (a.endsAt ?? a.startsAt);
  return b.startsAt - a.startsAt;
}
