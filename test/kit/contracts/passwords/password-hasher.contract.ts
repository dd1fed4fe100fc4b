import { expect } from 'chai';
import fc from 'fast-check';
import type { PasswordHasher } from '../../../../core/ports/passwords/password-hasher.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface PasswordHasherHarness {
  readonly hasher: PasswordHasher;
  /** The same technology with weaker parameters than `hasher`. */
  readonly weaker: PasswordHasher;
  /** Hashes the text unchanged, with the parameters of `hasher`, as older software did. */
  readonly hashAsTyped: (password: string) => Promise<string>;
}

/** The contract of every `PasswordHasher`. */
export function passwordHasherContract(name: string, open: () => PasswordHasherHarness, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a password hasher`, () => {
    const password = 'correct horse battery staple';

    it('recognises the password that it hashed, and needs no upgrade for it', async () => {
      const { hasher } = open();
      const verdict = await hasher.verify(password, await hasher.hash(password));
      expect(verdict).to.include({ isMatch: true, needsUpgrade: false });
      expect(verdict.scheme).to.match(/^[a-z0-9-]+$/);
    });

    it('returns the same format of a hash as a check of it, without the check', async () => {
      const { hasher } = open();
      for (const hash of [await hasher.hash(password), '', '!', 'x'.repeat(97)]) {
        expect(hasher.schemeOf(hash)).to.equal((await hasher.verify('another', hash)).scheme);
      }
    });

    it('rejects every other password, however similar', async () => {
      const { hasher } = open();
      const hash = await hasher.hash(password);
      for (const other of [
        '',
        `${password} `,
        ` ${password}`,
        password.toUpperCase(),
        password.slice(0, -1),
        `${password}\u0000`,
        `${password}x`,
      ]) {
        expect((await hasher.verify(other, hash)).isMatch, JSON.stringify(other)).to.equal(false);
      }
    });

    it('takes every letter of a long or foreign password into account', async () => {
      const { hasher } = open();
      const long = 'p'.repeat(128);
      const pairs = [
        [`${long}1`, `${long}2`],
        ['密码🔒'.repeat(30), '密码🔓'.repeat(30)],
        ['a\u0000b', 'a\u0000c'],
        ['é', 'e'],
        ['\u212b', 'A'],
        ['\ufb01', 'fi'],
      ] as const;
      for (const [right, wrong] of pairs) {
        const hash = await hasher.hash(right);
        expect((await hasher.verify(right, hash)).isMatch).to.equal(true);
        expect((await hasher.verify(wrong, hash)).isMatch).to.equal(false);
      }
    });

    const composed = 'Ch\u00e2teau d\u2019\u00c9lise \u1ed9 \uac01';
    const decomposed = composed.normalize('NFD');

    it('takes a password for the same in any composition of its letters, and hashes its normal form', async () => {
      const { hasher } = open();
      for (const chosen of [composed, decomposed]) {
        const hash = await hasher.hash(chosen);
        for (const typed of [composed, decomposed]) {
          expect(await hasher.verify(typed, hash)).to.include({ isMatch: true, needsUpgrade: false });
        }
        expect((await hasher.verify(decomposed.toLowerCase(), hash)).isMatch).to.equal(false);
      }
    });

    it('recognises a password by a hash that is of its text as typed alone, and wants that hash replaced', async () => {
      const { hasher, hashAsTyped } = open();
      const hash = await hashAsTyped(decomposed);
      expect(await hasher.verify(decomposed, hash)).to.include({ isMatch: true, needsUpgrade: true });
      expect((await hasher.verify(composed, hash)).isMatch).to.equal(false);
      expect(await hasher.verify(composed, await hashAsTyped(composed))).to.include({ isMatch: true, needsUpgrade: false });
      expect(await hasher.verify(decomposed, await hashAsTyped(composed))).to.include({ isMatch: true, needsUpgrade: false });
    });

    it('never writes the same hash twice, nor the password into it', async () => {
      const { hasher } = open();
      const hashes = await Promise.all(Array.from({ length: 5 }, () => hasher.hash(password)));
      expect(new Set(hashes).size).to.equal(5);
      for (const hash of hashes) expect(hash).not.to.include(password);
    });

    it('writes PHC strings that fit in a column', async () => {
      const hash = await open().hasher.hash('密码🔒'.repeat(30));
      expect(hash).to.match(/^\$[a-z0-9-]+\$[\w+/.=,$-]+$/);
      expect(hash.length).to.be.at.most(255);
    });

    it('finds no match without an account, with any password', async () => {
      const { hasher } = open();
      for (const text of ['', password]) {
        expect(await hasher.verify(text, null)).to.deep.equal({ isMatch: false, needsUpgrade: false, scheme: 'unknown' });
      }
    });

    it('finds no match for a text that is no hash, and does not fail by it', async () => {
      const { hasher } = open();
      const hash = await hasher.hash(password);
      const odd = [
        '',
        '$',
        '!',
        '*',
        'x',
        password,
        hash.slice(0, -1),
        hash.slice(1),
        ` ${hash}`,
        `${hash}\n`,
        `${hash}$${hash}`,
        hash.replaceAll('$', '$$$$'),
        '$1$',
        '$2b$',
        '$argon2id$',
        '$unknown$v=1$a$b',
      ];
      for (const text of odd) expect((await hasher.verify(password, text)).isMatch, JSON.stringify(text)).to.equal(false);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (text) => {
          expect((await hasher.verify(password, text)).isMatch).to.equal(false);
        }),
        { numRuns: 30 },
      );
    });

    it('does not fail by a damaged hash', async () => {
      const { hasher } = open();
      const hash = await hasher.hash(password);
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: hash.length - 1 }), fc.constantFrom(...'0159azAZ$=,+/.\\ \u0000é'), async (at, letter) => {
          const { isMatch } = await hasher.verify('a wrong password', hash.slice(0, at) + letter + hash.slice(at + 1));
          expect(isMatch).to.equal(false);
        }),
      );
    });

    it('requires the replacement of a hash that is weaker than its own, and of none that is stronger', async () => {
      const { hasher, weaker } = open();
      expect(await hasher.verify(password, await weaker.hash(password))).to.include({ isMatch: true, needsUpgrade: true });
      expect(await weaker.verify(password, await hasher.hash(password))).to.include({ isMatch: true, needsUpgrade: false });
    });
  });
}
