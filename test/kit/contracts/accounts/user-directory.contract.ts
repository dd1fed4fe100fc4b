import { expect } from 'chai';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { userId } from '../../../../core/domain/ids.js';
import type { UserQuery } from '../../../../core/ports/accounts/user-repository.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { storedSpellings } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const everybody: UserQuery = { search: null, after: null, limit: 100 };

/** The contract of every `UserRepository` for searches by an admin. */
export function userDirectoryContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a directory of people`, () => {
    const store = useStore(open, runner);
    const users = () => store().stores.users;

    describe('finding by an address', () => {
      it('finds it in any spelling, with or without a credential', async () => {
        const id = await store().addUser({ email: 'Benoit.Durand@Example.org', isEnabled: false });
        const found = await users().findByEmail(canonicalEmail('benoit.DURAND@example.org'));
        expect(found).to.have.lengthOf(1);
        expect(found[0]).to.include({ id, email: 'Benoit.Durand@Example.org', isEnabled: false });
        expect(found[0]).to.deep.equal(await users().find(id));
      });

      it('finds it however blanks stand around it in the table, and its domain in either form', async () => {
        for (const [stored, typed] of storedSpellings) {
          const id = await store().addUser({ email: stored });
          const found = await users().findByEmail(canonicalEmail(typed));
          expect(
            found.map((user) => user.id),
            JSON.stringify(stored),
          ).to.deep.equal([id]);
        }
      });

      it('finds no account for an unknown address, and treats none as a pattern', async () => {
        await store().addUser({ email: 'someone@example.org' });
        for (const text of ['nobody@example.org', '%@example.org', 'someone@example_org', "x' or '1'='1"]) {
          expect(await users().findByEmail(canonicalEmail(text)), text).to.deep.equal([]);
        }
      });

      it('finds all whom another application gave one address', async () => {
        await store().allowDuplicateEmails();
        const ids = [await store().addUser({ email: 'twice@example.org' }), await store().addUser({ email: 'Twice@example.org ' })];
        const found = await users().findByEmail(canonicalEmail('twice@example.org'));
        expect(found.map((user) => user.id)).to.deep.equal(ids);
      });
    });

    describe('listing', () => {
      it('lists all users in order of their keys, page by page', async () => {
        const ids = [];
        for (const number of [1, 2, 3, 4, 5]) ids.push(await store().addUser({ email: `u${number}@example.org`, passwordHash: 'x' }));
        const first = await users().list({ ...everybody, limit: 2 });
        const second = await users().list({ ...everybody, limit: 2, after: first[1]?.id ?? null });
        const third = await users().list({ ...everybody, limit: 2, after: second[1]?.id ?? null });
        expect([...first, ...second, ...third].map((user) => user.id)).to.deep.equal(ids);
        expect(first[0]).to.deep.equal(await users().find(ids[0] ?? userId(0)));
      });

      it('continues after a key that no longer exists, and finds no user after a text that is no key', async () => {
        const ids = [await store().addUser({ email: 'a@example.org' }), await store().addUser({ email: 'b@example.org' })];
        await store().deleteUser(ids[0] ?? userId(0));
        expect((await users().list({ ...everybody, after: ids[0] ?? null })).map((user) => user.id)).to.deep.equal([ids[1]]);
        expect(await users().list({ ...everybody, after: userId("1' or '1'='1") })).to.deep.equal([]);
      });

      it('searches addresses and names, in any case', async () => {
        const zoe = await store().addUser({ email: 'zoe@example.org', firstName: 'Zoe', lastName: 'Lemaitre' });
        const adam = await store().addUser({ email: 'adam@maitre.example', firstName: 'Adam', lastName: null });
        await store().addUser({ email: 'eve@example.org', firstName: 'Eve', lastName: 'Petit' });
        const found = async (search: string) => (await users().list({ ...everybody, search })).map((user) => user.id);
        expect(await found('MAITRE')).to.deep.equal([zoe, adam]);
        expect(await found('zoe')).to.deep.equal([zoe]);
        expect(await found('ADAM@')).to.deep.equal([adam]);
        expect(await found('nobody')).to.deep.equal([]);
      });

      it('searches for the text as it is typed: no pattern, no SQL', async () => {
        const odd = await store().addUser({ email: 'odd@example.org', lastName: "50%_of!it\\'s" });
        await store().addUser({ email: 'plain@example.org', lastName: 'Plain' });
        const found = async (search: string) => (await users().list({ ...everybody, search })).map((user) => user.id);
        for (const search of ['50%', '%_of', '!it', "it\\'s", '%']) expect(await found(search), search).to.deep.equal([odd]);
        for (const search of ["' or '1'='1", '%%%', '50_', '\\']) expect((await found(search)).length, search).to.be.at.most(1);
        expect(await found("x' or 1=1 -- ")).to.deep.equal([]);
      });

      it('returns which users are disabled', async () => {
        await store().addUser({ email: 'on@example.org', passwordHash: 'x' });
        await store().addUser({ email: 'off@example.org', isEnabled: false });
        expect((await users().list(everybody)).map((user) => user.isEnabled)).to.deep.equal([true, false]);
      });
    });

    describe('disabling and enabling', () => {
      it('disables an account and enables it again, and returns when there was nothing to do', async () => {
        const id = await store().addUser({ email: 'zoe@example.org', passwordHash: 'x' });
        const other = await store().addUser({ email: 'adam@example.org', passwordHash: 'x' });
        const before = await users().find(id);
        const off = await users().setEnabled(id, false);
        expect(off).to.deep.equal({ kind: 'changed', user: { ...before, isEnabled: false } });
        expect(await users().find(id)).to.include({ isEnabled: false });
        expect((await store().stores.credentials.findByUser(id))?.isEnabled).to.equal(false);
        expect(await users().setEnabled(id, false)).to.include({ kind: 'unchanged' });
        expect(await users().setEnabled(id, true)).to.deep.equal({ kind: 'changed', user: before });
        expect(await users().setEnabled(id, true)).to.include({ kind: 'unchanged' });
        expect(await users().find(other)).to.include({ isEnabled: true });
      });

      it('finds no user by a text that is no key', async () => {
        const id = await store().addUser({ email: 'zoe@example.org' });
        for (const key of ['999999', `${id}abc`, '', `${id}' or '1'='1`]) {
          expect(await users().setEnabled(userId(key), false), key).to.deep.equal({ kind: 'unknown' });
        }
        expect(await users().find(id)).to.include({ isEnabled: true });
      });

      it('comes to nothing with the unit of work that it is part of', async () => {
        const id = await store().addUser({ email: 'zoe@example.org' });
        const failure = new Error('no');
        const run = store().unitOfWork.run(async (stores) => {
          await stores.users.setEnabled(id, false);
          throw failure;
        });
        expect(await run.catch((error: unknown) => error)).to.equal(failure);
        expect(await users().find(id)).to.include({ isEnabled: true });
      });
    });
  });
}
