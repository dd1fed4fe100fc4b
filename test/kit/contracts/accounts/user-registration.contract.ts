import { expect } from 'chai';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import type { NewUser } from '../../../../core/domain/accounts/user.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, rejection, sampleUser, storedSpellings, t0, tally, violatedField } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

/** The contract of every `UserRepository` for `insert`; a part of its contract. */
export function userRegistrationContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a user repository, when people register`, () => {
    const store = useStore(open, runner);
    const users = () => store().stores.users;
    const insert = (user: NewUser) => store().unitOfWork.run((stores) => stores.users.insert(user));

    it('adds an enabled account and returns the key that finds it from then on', async () => {
      const insertion = await insert(sampleUser('Zoe@Example.org'));
      if (insertion.kind !== 'inserted') throw new Error(insertion.kind);
      const { id, createdAt, ...rest } = insertion.user;
      expect(rest).to.deep.equal({
        email: 'zoe@example.org',
        firstName: 'Zoé',
        lastName: 'Lemaître',
        phone: '+33612345678',
        isEnabled: true,
      });
      expect(Math.floor((createdAt ?? 0) / 1000)).to.equal(Math.floor(t0 / 1000));
      expect(await users().find(id)).to.deep.equal(insertion.user);
      expect(await users().hasEmail(canonicalEmail('zoe@example.org'))).to.equal(true);
    });

    it('adds an account of which nothing but the address is known', async () => {
      const insertion = await insert(sampleUser('zoe@example.org', { firstName: null, lastName: null, phone: null }));
      expect(insertion).to.have.nested.property('user.firstName', null);
      expect(insertion).to.have.nested.property('user.lastName', null);
      expect(insertion).to.have.nested.property('user.phone', null);
    });

    it('rejects an address that another application gave to an account, in any spelling', async () => {
      for (const email of ['Benoit.Durand@Example.org', ' Claire@Example.org', 'denis@example.org ']) {
        await store().addUser({ email });
        expect(await insert(sampleUser(email)), email).to.deep.equal({ kind: 'email_taken' });
      }
    });

    it('refuses an address that another application stored with blanks around it, or with its domain in the other form', async () => {
      const more = [
        ['  two@example.org', 'two@example.org'],
        ['\u2003\t em@example.org \t', 'em@example.org'],
      ] as const;
      for (const [stored, typed] of [...storedSpellings, ...more]) {
        await store().addUser({ email: stored });
        expect(await insert(sampleUser(typed)), JSON.stringify(stored)).to.deep.equal({ kind: 'email_taken' });
      }
    });

    it('refuses an address that a stored one looks like, with an invisible or control character at its edge', async () => {
      const stored = [
        '\u200bone@example.org',
        '\ufefftwo@example.org\ufeff',
        'three@example.org\u200e',
        '\u2060\u00adfour@example.org',
        'five@example.org\u0085',
      ];
      for (const email of stored) await store().addUser({ email });
      for (const typed of ['one@example.org', 'two@example.org', 'three@example.org', 'four@example.org', 'five@example.org']) {
        expect(await insert(sampleUser(typed)), typed).to.deep.equal({ kind: 'email_taken' });
      }
    });

    it('refuses an address whose only account is closed', async () => {
      await store().addUser({ email: 'zoe@example.org', isEnabled: false });
      expect(await insert(sampleUser('zoe@example.org'))).to.deep.equal({ kind: 'email_taken' });
    });

    it('stores the domain in the form that was typed, and takes both forms for one address', async () => {
      const email = 'zoe@xn--mnchen-3ya.example';
      const insertion = await insert(sampleUser(email, { typedEmail: email }));
      expect(insertion).to.have.nested.property('user.email', email);
      expect(await users().hasEmail(canonicalEmail('zoe@m\u00fcnchen.example'))).to.equal(true);
      expect(await insert(sampleUser('zoe@m\u00fcnchen.example'))).to.deep.equal({ kind: 'email_taken' });
    });

    it('inserts one of 20 registrations of one address that type its domain in either form', async () => {
      await store().allowDuplicateEmails();
      const insertions = await atOnce(20, (index) => {
        const email = ['zoe@m\u00fcnchen.example', 'zoe@xn--mnchen-3ya.example'][index % 2] ?? '';
        return insert(sampleUser(email, { typedEmail: email }));
      });
      expect(tally(insertions.map((insertion) => insertion.kind))).to.deep.equal({ inserted: 1, email_taken: 19 });
    });

    it('refuses an address that was registered here', async () => {
      await insert(sampleUser('zoe@example.org'));
      expect(await insert(sampleUser('ZOE@example.org'))).to.deep.equal({ kind: 'email_taken' });
    });

    it('leaves nothing behind when it refuses', async () => {
      const id = await store().addUser({ email: 'zoe@example.org' });
      await insert(sampleUser('zoe@example.org'));
      await store().deleteUser(id);
      expect(await users().hasEmail(canonicalEmail('zoe@example.org'))).to.equal(false);
      expect((await insert(sampleUser('zoe@example.org'))).kind).to.equal('inserted');
    });

    it('frees an address after another application deleted its account', async () => {
      const insertion = await insert(sampleUser('zoe@example.org'));
      if (insertion.kind === 'inserted') await store().deleteUser(insertion.user.id);
      expect((await insert(sampleUser('zoe@example.org'))).kind).to.equal('inserted');
      expect((await insert(sampleUser('zoe@example.org'))).kind).to.equal('email_taken');
    });

    it('frees an address after another application changed the address of its account', async () => {
      const insertion = await insert(sampleUser('zoe@example.org'));
      if (insertion.kind === 'inserted') await store().setForeignEmail(insertion.user.id, 'zoe.new@example.org');
      expect((await insert(sampleUser('zoe@example.org'))).kind).to.equal('inserted');
      expect((await insert(sampleUser('zoe.new@example.org'))).kind).to.equal('email_taken');
    });

    it('keeps an address taken whose account another application spells with letters taken apart', async () => {
      const insertion = await insert(sampleUser('zo\u00e9@example.org'));
      if (insertion.kind === 'inserted') await store().setForeignEmail(insertion.user.id, 'zoe\u0301@example.org');
      expect(await insert(sampleUser('zo\u00e9@example.org'))).to.deep.equal({ kind: 'email_taken' });
    });

    it('inserts one of 20 registrations of one address in different spellings', async () => {
      const insertions = await atOnce(20, (index) =>
        insert(sampleUser(['zoe@example.org', 'ZOE@example.org', ' Zoe@Example.Org '][index % 3] ?? '')),
      );
      expect(tally(insertions.map((insertion) => insertion.kind))).to.deep.equal({ inserted: 1, email_taken: 19 });
    });

    it('inserts one of 20 registrations also where the users table has no unique index', async () => {
      await store().allowDuplicateEmails();
      const insertions = await atOnce(20, () => insert(sampleUser('zoe@example.org')));
      expect(tally(insertions.map((insertion) => insertion.kind))).to.deep.equal({ inserted: 1, email_taken: 19 });
    });

    it('inserts all of 20 registrations with different addresses', async () => {
      const insertions = await atOnce(20, (index) => insert(sampleUser(`user${index}@example.org`)));
      const ids = insertions.map((insertion) => (insertion.kind === 'inserted' ? insertion.user.id : null));
      expect(new Set(ids).size).to.equal(20);
      expect(ids).not.to.include(null);
    });

    it('never cuts a text: it is stored in full or refused, with the field named', async () => {
      const long = { firstName: 'é'.repeat(400), lastName: 'n'.repeat(400), phone: '1'.repeat(400) };
      for (const [field, text] of Object.entries(long)) {
        const outcome = await insert(sampleUser(`${field}@example.org`, { [field]: text })).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).to.include({ name: 'AuthError', code: 'validation_failed' });
          expect(violatedField(outcome)).to.equal(field);
          expect(outcome.message).not.to.include(text);
          expect(await users().hasEmail(canonicalEmail(`${field}@example.org`))).to.equal(false);
        } else expect(outcome).to.have.nested.property(`user.${field}`, text);
      }
    });

    it('forgets an insertion whose unit of work failed', async () => {
      const failure = new Error('no');
      const run = store().unitOfWork.run(async (stores) => {
        await stores.users.insert(sampleUser('zoe@example.org'));
        throw failure;
      });
      expect(await rejection(run)).to.equal(failure);
      expect(await users().hasEmail(canonicalEmail('zoe@example.org'))).to.equal(false);
      expect((await insert(sampleUser('zoe@example.org'))).kind).to.equal('inserted');
    });
  });
}
