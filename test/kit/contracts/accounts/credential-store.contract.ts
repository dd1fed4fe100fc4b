import { expect } from 'chai';
import { canonicalEmail, type EmailAddress } from '../../../../core/domain/accounts/email-address.js';
import { userId } from '../../../../core/domain/ids.js';
import type { Credential } from '../../../../core/ports/accounts/credential-store.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, sampleUser, storedSpellings, t0, tally } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const oldHash = '$2y$10$CDE9YxF3RFhheQRiEU4YquG/UVfNdacrjzm2UTAsrLbOMQ56b5KcK';
const newHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';
const foreignHash = '$2y$10$abcdefghijklmnopqrstuuPYEGBtHyZLUiaVWeiHg0n5fYq1Yo3Ce';

/** The contract of every `CredentialStore`, wherever it writes new hashes. */
export function credentialStoreContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a credential store`, () => {
    const store = useStore(open, runner);
    const credentials = () => store().stores.credentials;
    const email = canonicalEmail('zoe@example.org');
    const addZoe = (passwordHash: string | null = oldHash) => store().addUser({ email: 'Zoe@Example.org', passwordHash });

    const found = async (address: EmailAddress = email): Promise<Credential> => {
      const lookup = await credentials().findByEmail(address);
      if (lookup.kind !== 'found') throw new Error(lookup.kind);
      return lookup.credential;
    };
    const recordLogin = (credential: Credential, upgradedHash: string | null = null) =>
      store().unitOfWork.run((stores) => stores.credentials.recordLogin({ credential, at: t0, upgradedHash }));
    const replace = (credential: Credential, passwordHash: string) =>
      store().unitOfWork.run((stores) => stores.credentials.replace(credential, passwordHash));

    describe('looking up', () => {
      it('finds the hash in force by address, in any spelling, and by user', async () => {
        const id = await addZoe();
        const credential = { userId: id, passwordHash: oldHash, isEnabled: true };
        expect(await credentials().findByEmail(canonicalEmail(' ZOE@example.org'))).to.deep.equal({ kind: 'found', credential });
        expect(await credentials().findByUser(id)).to.deep.equal(credential);
      });

      it('finds an address however blanks stand around it in the table, and its domain in either form', async () => {
        for (const [stored, typed] of storedSpellings) {
          const id = await store().addUser({ email: stored, passwordHash: oldHash });
          expect(await found(canonicalEmail(typed)), JSON.stringify(stored)).to.include({ userId: id });
        }
      });

      it('returns that an account is suspended', async () => {
        const id = await store().addUser({ email, passwordHash: oldHash, isEnabled: false });
        expect(await found()).to.deep.equal({ userId: id, passwordHash: oldHash, isEnabled: false });
      });

      it('has none for an unknown address, another spelling of accents, an account without a hash', async () => {
        const id = await addZoe(null);
        await store().addUser({ email: 'rene@example.org', passwordHash: oldHash });
        for (const address of ['zoe@example.org', 'nobody@example.org', 'rené@example.org', "x' or '1'='1"]) {
          expect(await credentials().findByEmail(canonicalEmail(address)), address).to.deep.equal({ kind: 'none' });
        }
        expect(await credentials().findByUser(id)).to.equal(null);
        expect(await credentials().findByUser(userId('999999'))).to.equal(null);
      });

      it('guesses at none of two accounts with one address', async () => {
        await store().allowDuplicateEmails();
        await addZoe();
        await store().addUser({ email: 'zoe@example.org', passwordHash: foreignHash });
        expect(await credentials().findByEmail(email)).to.deep.equal({ kind: 'ambiguous' });
      });

      it('finds the active one of several accounts with one address, and a closed one where all are', async () => {
        await store().allowDuplicateEmails();
        const closed = [await store().addUser({ email, passwordHash: foreignHash, isEnabled: false })];
        const active = await store().addUser({ email: 'ZOE@example.org', passwordHash: oldHash });
        closed.push(await store().addUser({ email: ' zoe@example.org', passwordHash: foreignHash, isEnabled: false }));
        expect(await found()).to.deep.equal({ userId: active, passwordHash: oldHash, isEnabled: true });
        await store().deleteUser(active);
        const { userId: id, isEnabled } = await found();
        expect(closed).to.include(id);
        expect(isEnabled).to.equal(false);
      });
    });

    it('gives a new account its hash', async () => {
      const id = await store().unitOfWork.run(async (stores) => {
        const insertion = await stores.users.insert(sampleUser('zoe@example.org'));
        if (insertion.kind !== 'inserted') throw new Error(insertion.kind);
        await stores.credentials.add(insertion.user.id, newHash);
        return insertion.user.id;
      });
      expect(await found()).to.deep.equal({ userId: id, passwordHash: newHash, isEnabled: true });
      expect(await store().stores.users.find(id)).to.include({ isEnabled: true });
    });

    describe('recording a login', () => {
      it('keeps the hash when there is nothing to upgrade', async () => {
        await addZoe();
        expect(await recordLogin(await found())).to.equal(true);
        expect(await found()).to.include({ passwordHash: oldHash });
      });

      it('puts an upgraded hash in force', async () => {
        const id = await addZoe();
        expect(await recordLogin(await found(), newHash)).to.equal(true);
        expect(await found()).to.deep.equal({ userId: id, passwordHash: newHash, isEnabled: true });
        expect(await recordLogin(await found())).to.equal(true);
      });

      it('keeps a password that another application changed in the meantime, and writes nothing', async () => {
        const id = await addZoe();
        const judged = await found();
        await store().setForeignHash(id, foreignHash);
        expect(await recordLogin(judged, newHash)).to.equal(false);
        expect(await found()).to.include({ passwordHash: foreignHash });
      });

      it('keeps a password that another application changed after an upgrade', async () => {
        const id = await addZoe();
        await recordLogin(await found(), newHash);
        const judged = await found();
        await store().setForeignHash(id, foreignHash);
        expect(await found()).to.include({ passwordHash: foreignHash });
        expect(await recordLogin(judged)).to.equal(false);
        expect(await recordLogin(await found(), newHash)).to.equal(true);
        expect(await found()).to.include({ passwordHash: newHash });
      });

      it('distinguishes hashes that differ only in case', async () => {
        const id = await addZoe();
        const judged = await found();
        await store().setForeignHash(id, oldHash.toUpperCase());
        expect(await recordLogin(judged, newHash)).to.equal(false);
      });

      it('rejects a hash that an upgrade has replaced', async () => {
        await addZoe();
        const judged = await found();
        await recordLogin(judged, newHash);
        expect(await recordLogin(judged)).to.equal(false);
        expect(await replace(judged, foreignHash)).to.equal(false);
        expect(await found()).to.include({ passwordHash: newHash });
      });

      it('knows no credential of an account that was deleted', async () => {
        const id = await addZoe();
        const judged = await found();
        await store().deleteUser(id);
        expect(await recordLogin(judged, newHash)).to.equal(false);
      });

      it('records each of 20 concurrent logins when nothing is upgraded', async () => {
        await addZoe();
        const judged = await found();
        expect(await atOnce(20, () => recordLogin(judged))).to.deep.equal(Array<boolean>(20).fill(true));
      });

      it('upgrades once when 20 logins at once would', async () => {
        await addZoe();
        const judged = await found();
        const answers = await atOnce(20, (index) => recordLogin(judged, `${newHash}${index}`));
        expect(tally(answers.map(String))).to.deep.equal({ true: 1, false: 19 });
        expect(await found()).to.include({ passwordHash: `${newHash}${answers.indexOf(true)}` });
      });
    });

    describe('replacing a password', () => {
      it('puts the new hash in force, again and again', async () => {
        await addZoe();
        expect(await replace(await found(), newHash)).to.equal(true);
        expect(await found()).to.include({ passwordHash: newHash });
        expect(await replace(await found(), foreignHash)).to.equal(true);
        expect(await found()).to.include({ passwordHash: foreignHash });
      });

      it('keeps a password that another application changed in the meantime', async () => {
        const id = await addZoe();
        const judged = await found();
        await store().setForeignHash(id, foreignHash);
        expect(await replace(judged, newHash)).to.equal(false);
        expect(await found()).to.include({ passwordHash: foreignHash });
      });

      it('changes no other account', async () => {
        await addZoe();
        await store().addUser({ email: 'adam@example.org', passwordHash: oldHash });
        await replace(await found(), newHash);
        expect(await found(canonicalEmail('adam@example.org'))).to.include({ passwordHash: oldHash });
      });

      it('happens once when 10 replacements of one credential race', async () => {
        await addZoe();
        const judged = await found();
        const answers = await atOnce(10, (index) => replace(judged, `${newHash}${index}`));
        expect(tally(answers.map(String))).to.deep.equal({ true: 1, false: 9 });
      });

      it('and a login with the old password cannot both succeed in the wrong order', async () => {
        for (let round = 0; round < 10; round += 1) {
          const address = canonicalEmail(`zoe${round}@example.org`);
          await store().addUser({ email: address, passwordHash: oldHash });
          const judged = await found(address);
          const [replaced, upgraded] = await Promise.all([replace(judged, newHash), recordLogin(judged, `${oldHash}-upgraded`)]);
          expect([replaced, upgraded].filter(Boolean)).to.have.length(1);
          expect(await found(address)).to.include({ passwordHash: replaced ? newHash : `${oldHash}-upgraded` });
        }
      });
    });

    it('forgets a change whose unit of work failed', async () => {
      await addZoe();
      const judged = await found();
      await store()
        .unitOfWork.run(async (stores) => {
          await stores.credentials.recordLogin({ credential: judged, at: t0, upgradedHash: newHash });
          throw new Error('no');
        })
        .catch(() => {});
      expect(await found()).to.include({ passwordHash: oldHash });
      expect(await recordLogin(judged)).to.equal(true);
    });
  });
}
