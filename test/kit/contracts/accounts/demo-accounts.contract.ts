import { expect } from 'chai';
import { crowdDomain, crowdPerson, demoPeriods, demoSubscriptions } from '../../../../core/domain/accounts/demo-people.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { currentSubscription } from '../../../../core/domain/subscriptions/subscription.js';
import type { DemoAccount } from '../../../../core/ports/accounts/demo-accounts.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, sampleUser, t0 } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaA';
const account = (number: number): DemoAccount => {
  const { subscription, ...user } = crowdPerson(number);
  return { ...user, createdAt: t0, passwordHash, periods: demoPeriods(subscription, t0) };
};
const crowd = (count: number) => Array.from({ length: count }, (_, index) => account(index + 1));

/** The contract of every `DemoAccounts`. */
export function demoAccountsContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a store of made-up accounts`, () => {
    const store = useStore(open, runner);
    const add = (accounts: readonly DemoAccount[]) => store().unitOfWork.run((stores) => stores.demoAccounts.add(accounts));

    it('adds whole accounts: the person, the password and the subscription', async () => {
      const accounts = crowd(demoSubscriptions.length);
      const added = await add(accounts);
      expect([...added.keys()]).to.have.members(accounts.map(({ email }) => email));
      const { users, credentials, subscriptions } = store().stores;
      for (const { email, firstName, lastName, periods } of accounts) {
        const id = added.get(email);
        if (id === undefined) throw new Error('it was not added');
        expect(await users.find(id)).to.include({ email, firstName, lastName, phone: null, isEnabled: true });
        expect(await credentials.findByEmail(email)).to.deep.equal({
          kind: 'found',
          credential: { userId: id, passwordHash, isEnabled: true },
        });
        expect(await subscriptions.periodsOf(id)).to.have.deep.members(periods);
      }
    });

    it('leaves existing accounts unchanged, and adds the others', async () => {
      const [theirs] = crowd(1);
      const id = await store().addUser({ email: theirs?.email.toUpperCase() ?? '', passwordHash: 'theirs' });
      const added = await add(crowd(3));
      expect([...added.keys()]).to.have.members([crowdPerson(2).email, crowdPerson(3).email]);
      expect((await store().stores.credentials.findByUser(id))?.passwordHash).to.equal('theirs');
      expect([...(await add(crowd(3)))]).to.deep.equal([]);
      expect([...(await add([]))]).to.deep.equal([]);
    });

    it('makes each account once when several add the same', async () => {
      const answers = await atOnce(4, (index) => add(index % 2 === 0 ? crowd(40) : crowd(40).toReversed()));
      expect(answers.reduce((sum, added) => sum + added.size, 0)).to.equal(40);
      expect(await store().stores.users.list({ search: crowdDomain, after: null, limit: 100 })).to.have.lengthOf(40);
    });

    it('claims their addresses, so that they cannot be registered', async () => {
      await add(crowd(2));
      const { email } = crowdPerson(2);
      const insertion = await store()
        .unitOfWork.run((stores) => stores.users.insert(sampleUser(email)))
        .catch((error: unknown) => error);
      expect(insertion).to.deep.equal({ kind: 'email_taken' });
    });

    it('comes to nothing with the unit of work that it is part of', async () => {
      const run = store().unitOfWork.run(async (stores) => {
        await stores.demoAccounts.add(crowd(3));
        throw new Error('no');
      });
      expect(await run.catch(() => 'failed')).to.equal('failed');
      expect(await store().stores.users.list({ search: null, after: null, limit: 9 })).to.deep.equal([]);
      expect((await add(crowd(3))).size).to.equal(3);
    });

    it('returns whether there is any other account', async () => {
      const known = { emails: [canonicalEmail('demo@example.org')], domain: crowdDomain };
      const hasOthers = () => store().stores.demoAccounts.hasOthers(known);
      expect(await hasOthers()).to.equal(false);
      await add(crowd(2));
      await store().addUser({ email: 'DEMO@example.org' });
      expect(await hasOthers()).to.equal(false);
      await store().addUser({ email: `someone@not-${crowdDomain}` });
      expect(await hasOthers()).to.equal(true);
    });

    it('has every state of a subscription', () => {
      const states = demoSubscriptions.map((state) => currentSubscription(demoPeriods(state, t0), t0)?.status ?? null);
      expect(states).to.deep.equal(['active', 'cancelled', 'upcoming', 'expired', 'expired', 'active', null]);
    });
  });
}
