import { expect } from 'chai';
import { currentSubscription, type SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';

const day = (text: string): number => Date.parse(`${text}T00:00:00.000Z`);
const lastOf = (text: string): number => Date.parse(`${text}T23:59:59.999Z`);
const period = (startsAt: string, endsAt: string | null, standing: SubscriptionPeriod['standing'] = 'good'): SubscriptionPeriod => ({
  plan: `${startsAt}/${endsAt}`,
  startsAt: day(startsAt),
  endsAt: endsAt === null ? null : lastOf(endsAt),
  standing,
});
const now = day('2026-11-22');
const statusOf = (...periods: SubscriptionPeriod[]) => currentSubscription(periods, now)?.status ?? null;
const planOf = (...periods: SubscriptionPeriod[]) => currentSubscription(periods, now)?.plan ?? null;

describe('The subscription that counts', () => {
  it('is none for a user that never had one', () => {
    expect(currentSubscription([], now)).to.equal(null);
  });

  it('is active through its last day and expired on the next', () => {
    const subscription = period('2026-01-01', '2026-12-31');
    expect(currentSubscription([subscription], lastOf('2026-12-31'))?.status).to.equal('active');
    expect(currentSubscription([subscription], day('2027-01-01'))?.status).to.equal('expired');
  });

  it('is upcoming until its first day', () => {
    const subscription = period('2027-01-01', '2027-12-31');
    expect(currentSubscription([subscription], day('2027-01-01') - 1)?.status).to.equal('upcoming');
    expect(currentSubscription([subscription], day('2027-01-01'))?.status).to.equal('active');
  });

  it('is valid without end if it has none', () => {
    expect(statusOf(period('2021-09-01', null))).to.equal('active');
  });

  it('is cancelled while it may still be used, and expired afterwards', () => {
    expect(statusOf(period('2026-11-01', '2099-11-30', 'cancelled'))).to.equal('cancelled');
    expect(statusOf(period('2024-11-01', '2025-11-30', 'cancelled'))).to.equal('expired');
  });

  it('counts as expired while it is unpaid', () => {
    expect(statusOf(period('2026-11-01', '2099-01-01', 'unpaid'))).to.equal('expired');
  });

  it('is the current one of several, in any order', () => {
    const [past, present, next] = [
      period('2025-01-01', '2025-12-31'),
      period('2026-01-01', '2026-12-31'),
      period('2027-01-01', '2027-12-31'),
    ];
    for (const order of [
      [past, present, next],
      [next, present, past],
      [present, next, past],
    ]) {
      expect(planOf(...order)).to.equal(present.plan);
    }
  });

  it('is the next one where there is no current one, and the one that begins first of several to come', () => {
    const soon = period('2027-01-01', '2027-12-31');
    expect(planOf(period('2025-01-01', '2025-12-31'), period('2028-01-01', null), soon)).to.equal(soon.plan);
  });

  it('is the one that ended last where all are over', () => {
    const last = period('2025-01-01', '2025-12-31');
    expect(planOf(period('2023-01-01', '2023-12-31'), last, period('2024-01-01', '2024-12-31'))).to.equal(last.plan);
  });

  it('is rather the one that was not cancelled', () => {
    const good = period('2026-01-01', '2026-12-31');
    expect(planOf(period('2026-06-01', '2027-05-31', 'cancelled'), good)).to.equal(good.plan);
  });
});
