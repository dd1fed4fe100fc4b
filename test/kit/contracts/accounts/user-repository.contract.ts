import { expect } from 'chai';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { userId } from '../../../../core/domain/ids.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, violatedField } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';
import { userRegistrationContract } from './user-registration.contract.js';

/** The contract of every `UserRepository`. */
export function userRepositoryContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a user repository`, () => {
    const store = useStore(open, runner);
    const users = () => store().stores.users;

    describe('finding', () => {
      it('reads an account of another application as that one left it', async () => {
        const id = await store().addUser({ email: 'Benoit.Durand@Example.org', firstName: 'Benoît', lastName: 'Durand' });
        const user = await users().find(id);
        expect(user).to.include({
          id,
          email: 'Benoit.Durand@Example.org',
          firstName: 'Benoît',
          lastName: 'Durand',
          phone: null,
          isEnabled: true,
        });
      });

      it('reads an absent name as null', async () => {
        const id = await store().addUser({ email: 'nameless@example.org', firstName: null, lastName: null });
        expect(await users().find(id)).to.include({ firstName: null, lastName: null });
      });

      it('returns that an account is suspended', async () => {
        const id = await store().addUser({ email: 'david@example.org', isEnabled: false });
        expect(await users().find(id)).to.include({ isEnabled: false });
      });

      it('returns null for an unknown key, and for a text that is no key', async () => {
        const id = await store().addUser({ email: 'someone@example.org' });
        for (const key of ['999999', `${id}abc`, ` ${id}`, `${id}.0`, `0${id}`, '', 'x', '99999999999999999999', `${id}' or '1'='1`]) {
          expect(await users().find(userId(key)), key).to.equal(null);
        }
      });

      it('finds the same for an update', async () => {
        const id = await store().addUser({ email: 'someone@example.org' });
        const found = await store().unitOfWork.run((stores) => stores.users.findForUpdate(id));
        expect(found).to.deep.equal(await users().find(id));
        expect(await store().unitOfWork.run((stores) => stores.users.findForUpdate(userId('999999')))).to.equal(null);
      });
    });

    describe('knowing an address', () => {
      it('knows it in any spelling', async () => {
        await store().addUser({ email: 'Benoit.Durand@Example.org' });
        expect(await users().hasEmail(canonicalEmail(' BENOIT.durand@example.ORG '))).to.equal(true);
        expect(await users().hasEmail(canonicalEmail('benoit@example.org'))).to.equal(false);
      });

      it('does not take accented letters for plain ones', async () => {
        await store().addUser({ email: 'rene@example.org' });
        expect(await users().hasEmail(canonicalEmail('rené@example.org'))).to.equal(false);
      });

      it('takes no pattern for an address', async () => {
        await store().addUser({ email: 'someone@example.org' });
        for (const text of ['%@example.org', 'someone@example_org', "x' or '1'='1", "\\' or 1=1 -- "]) {
          expect(await users().hasEmail(canonicalEmail(text)), text).to.equal(false);
        }
      });
    });

    describe('changing a profile', () => {
      it('writes present fields, keeps absent ones, clears null ones', async () => {
        const id = await store().addUser({ email: 'zoe@example.org', firstName: 'Zoé', lastName: 'Lemaître', phone: '+33612345678' });
        const changed = await users().updateProfile(id, { firstName: 'Zoë', phone: null });
        expect(changed).to.include({ firstName: 'Zoë', lastName: 'Lemaître', phone: null, email: 'zoe@example.org' });
        expect(await users().findSubscribed(id)).to.deep.equal(changed);
      });

      it('clears a name, and takes an unchanged value and no change at all', async () => {
        const id = await store().addUser({ email: 'zoe@example.org', firstName: 'Zoé', lastName: 'Lemaître' });
        expect(await users().updateProfile(id, { lastName: null })).to.include({ firstName: 'Zoé', lastName: null });
        expect(await users().updateProfile(id, { lastName: null })).to.include({ lastName: null });
        expect(await users().updateProfile(id, {})).to.deep.equal(await users().findSubscribed(id));
      });

      it('changes no other user', async () => {
        const id = await store().addUser({ email: 'zoe@example.org', firstName: 'Zoé' });
        const other = await store().addUser({ email: 'adam@example.org', firstName: 'Adam' });
        await users().updateProfile(id, { firstName: 'Zoë' });
        expect(await users().find(other)).to.include({ firstName: 'Adam' });
      });

      it('returns null for an unknown user', async () => {
        expect(await users().updateProfile(userId('999999'), { firstName: 'Zoë' })).to.equal(null);
        expect(await users().updateProfile(userId('nobody'), { firstName: 'Zoë' })).to.equal(null);
      });

      it('never cuts a text', async () => {
        const id = await store().addUser({ email: 'zoe@example.org', lastName: 'Lemaître' });
        const lastName = 'n'.repeat(400);
        const outcome = await users()
          .updateProfile(id, { lastName })
          .catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).to.include({ code: 'validation_failed' });
          expect(violatedField(outcome)).to.equal('lastName');
          expect(await users().find(id)).to.include({ lastName: 'Lemaître' });
        } else expect(outcome).to.include({ lastName });
      });
    });

    it('locks a user that was found for an update until the unit of work ends: of 20 increments at once none is lost', async () => {
      const id = await store().addUser({ email: 'zoe@example.org', firstName: '0' });
      await atOnce(20, () =>
        store().unitOfWork.run(async ({ users: held }) => {
          const user = await held.findForUpdate(id);
          await held.updateProfile(id, { firstName: String(Number(user?.firstName) + 1) });
        }),
      );
      expect(await users().find(id)).to.include({ firstName: '20' });
    });
  });

  userRegistrationContract(name, open, runner);
}
