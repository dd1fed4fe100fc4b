import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import { currentSubscription, type SubscriptionPeriod } from '../../../../core/domain/subscriptions/subscription.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const startOf = (day: string) => Date.parse(`${day}T00:00:00.000Z`);
const endOf = (day: string) => Date.parse(`${day}T23:59:59.999Z`);

/** The contract of every `SubscriptionReader`. */
export function subscriptionReaderContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a subscription reader`, () => {
    const store = useStore(open, runner);
    const periodsOf = (id: ReturnType<typeof userId>) => store().stores.subscriptions.periodsOf(id);

    it('reads every period of one user, from the first instant of its first day to the last of its last', async () => {
      const id = await store().addUser({ email: 'zoe@example.org' });
      const other = await store().addUser({ email: 'adam@example.org' });
      const periods: SubscriptionPeriod[] = [
        { plan: 'annuel', startsAt: startOf('2026-01-01'), endsAt: endOf('2026-12-31'), standing: 'good' },
        { plan: 'mensuel', startsAt: startOf('2024-02-29'), endsAt: endOf('2024-02-29'), standing: 'cancelled' },
        { plan: 'mensuel', startsAt: startOf('2099-11-01'), endsAt: endOf('2099-11-30'), standing: 'unpaid' },
        { plan: 'a_vie', startsAt: startOf('1999-12-31'), endsAt: null, standing: 'good' },
      ];
      for (const period of periods) await store().addPeriod(id, period);
      await store().addPeriod(other, { plan: 'annuel', startsAt: startOf('2026-01-01'), endsAt: null, standing: 'good' });
      expect(await periodsOf(id)).to.have.deep.members(periods);
    });

    it('reads none for a user without any, and for an unknown user', async () => {
      expect(await periodsOf(await store().addUser({ email: 'zoe@example.org' }))).to.deep.equal([]);
      expect(await periodsOf(userId('999999'))).to.deep.equal([]);
      expect(await periodsOf(userId('nobody'))).to.deep.equal([]);
    });

    it('reads the periods of several users at once, each under his own id', async () => {
      const period = (plan: string): SubscriptionPeriod => ({ plan, startsAt: startOf('2026-01-01'), endsAt: null, standing: 'good' });
      const zoe = await store().addUser({ email: 'zoe@example.org' });
      const adam = await store().addUser({ email: 'adam@example.org' });
      const nina = await store().addUser({ email: 'nina@example.org' });
      for (const plan of ['annuel', 'mensuel']) await store().addPeriod(zoe, period(plan));
      await store().addPeriod(adam, period('a_vie'));
      const found = await store().stores.subscriptions.periodsOfMany([zoe, nina, adam, userId('999999'), userId('nobody')]);
      expect(found.get(zoe)).to.have.deep.members([period('annuel'), period('mensuel')]);
      expect(found.get(adam)).to.deep.equal([period('a_vie')]);
      for (const id of [nina, userId('999999'), userId('nobody')]) expect(found.get(id) ?? []).to.deep.equal([]);
      expect((await store().stores.subscriptions.periodsOfMany([])).size).to.equal(0);
    });

    it('reads the same together with the user, whether he has any or none', async () => {
      const { users } = store().stores;
      const id = await store().addUser({ email: 'zoe@example.org' });
      expect(await users.findSubscribed(id)).to.deep.equal({ ...(await users.find(id)), periods: [] });
      await store().addPeriod(id, { plan: 'annuel', startsAt: startOf('2026-01-01'), endsAt: endOf('2026-12-31'), standing: 'good' });
      await store().addPeriod(id, { plan: 'a_vie', startsAt: startOf('1999-12-31'), endsAt: null, standing: 'unpaid' });
      const { periods, ...user } = (await users.findSubscribed(id)) ?? { periods: [] };
      expect(user).to.deep.equal(await users.find(id));
      expect(periods).to.have.deep.members(await periodsOf(id));
      expect(await users.findSubscribed(userId('999999'))).to.equal(null);
    });

    it('keeps a period valid through its last day', async () => {
      const id = await store().addUser({ email: 'zoe@example.org' });
      await store().addPeriod(id, { plan: 'annuel', startsAt: startOf('2026-01-01'), endsAt: endOf('2026-12-31'), standing: 'good' });
      const periods = await periodsOf(id);
      expect(currentSubscription(periods, endOf('2026-12-31'))).to.include({ status: 'active' });
      expect(currentSubscription(periods, endOf('2026-12-31') + 1)).to.include({ status: 'expired' });
    });
  });
}
