import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BcryptVerifier } from '../../../adapters/bcrypt/bcrypt-verifier.js';
import type { HexRecipe } from '../../../adapters/legacy-passwords/hex-recipe.js';
import { HexRecipeVerifier } from '../../../adapters/legacy-passwords/hex-recipe-verifier.js';
import { legacyVerifiers } from '../../../adapters/legacy-passwords/legacy-verifiers.js';
import { damaged } from '../../support/foreign-hashes/damaged.js';
import { foreignHashes, foreignRecipes } from '../../support/foreign-hashes/foreign-hashes.js';
import { hasherOfAllFormats } from '../../support/foreign-hashes/hasher-of-all-formats.js';
import { projectRoot } from '../../support/project-root.js';

describe('older password formats', () => {
  const groups = foreignHashes();
  const recipesFor = (format: string) => Object.entries(foreignRecipes).flatMap(([name, recipe]) => (name === format ? [recipe] : []));

  describe('as other software wrote them', () => {
    for (const { format, tool, hashes } of groups) {
      it(`let the right password in and no other: ${format}, ${tool}`, async () => {
        const hasher = hasherOfAllFormats({ recipes: recipesFor(format) });
        const [scheme] = format.split(' ');
        const judge = async ([password, hash]: readonly [string, string]) => {
          expect(await hasher.verify(password, hash), hash).to.include({ isMatch: true, scheme });
          for (const wrong of ['', `x${password}`])
            expect((await hasher.verify(wrong, hash)).isMatch, `${wrong} for ${hash}`).to.equal(false);
        };
        await Promise.all(Object.entries(hashes).map(judge));
      });
    }

    it('are each understood by one verifier alone', () => {
      const legacy = legacyVerifiers({ bcrypt: new BcryptVerifier(), concurrency: 1, recipes: [] });
      for (const { format, hashes } of groups) {
        const expected = /^(argon2|hex-)/.test(format) ? [] : [format];
        for (const hash of Object.values(hashes)) {
          const found = legacy.filter((verifier) => verifier.understands(hash)).map((verifier) => verifier.scheme);
          expect(found, hash).to.deep.equal(expected);
        }
      }
    });

    it('fit the ten rows of the existing schema, the bare MD5 of the tenth only by a declared recipe', async () => {
      const rows = readFileSync(join(projectRoot(), 'test/support/existing-schema/rows.sql'), 'utf8');
      const hashes = new Map([...rows.matchAll(/^ {2}\((\d+), ?'([^']+)', (?:NULL|'[^']+'), [01]\)/gm)].map(([, id, hash]) => [id, hash]));
      expect(hashes.size).to.equal(10);
      const schemes: string[] = [];
      for (const hash of hashes.values()) {
        const verdict = await hasherOfAllFormats().verify('Bienvenue-2024!', hash ?? null);
        schemes.push(verdict.isMatch ? verdict.scheme : `not ${verdict.scheme}`);
      }
      expect(schemes).to.deep.equal(
        'argon2id bcrypt phpass bcrypt django-pbkdf2-sha256 sha512-crypt ldap-sha1 bcrypt md5-crypt'.split(' ').concat('not unknown'),
      );
      const informed = hasherOfAllFormats({ recipes: recipesFor('hex-md5') });
      expect(await informed.verify('Bienvenue-2024!', hashes.get('10') ?? null)).to.include({ isMatch: true, scheme: 'hex-md5' });
    });
  });

  describe('when damaged', () => {
    for (const format of new Set(groups.map((group) => group.format))) {
      if (format.startsWith('argon2')) continue; // held to it by its own tests
      it(`match no password, and fail no check: ${format}`, async () => {
        const legacy = legacyVerifiers({ bcrypt: new BcryptVerifier(), concurrency: 2, recipes: recipesFor(format) });
        const password = 'a:b$c$$d:e';
        const hash = groups.find((group) => group.format === format)?.hashes[password] ?? '';
        for (const text of damaged(hash)) {
          for (const verifier of legacy) {
            expect(await verifier.verify(password, text), `${verifier.scheme}: ${text}`).to.equal(false);
            if (verifier.scheme !== format.split(' ')[0]) expect(verifier.understands(text), `${verifier.scheme}: ${text}`).to.equal(false);
          }
        }
      });
    }
  });

  describe('WordPress', () => {
    const hashes = groups.find(({ format }) => format === 'wordpress')?.hashes ?? {};

    it('ignores the space around a password, and a hash is kept until the password comes without it', async () => {
      const hasher = hasherOfAllFormats();
      const hash = hashes[' spaced out '] ?? '';
      expect(await hasher.verify('spaced out', hash)).to.include({ isMatch: true, needsUpgrade: true });
      for (const spaced of [' spaced out ', 'spaced out\n', '\t\v\0spaced out'])
        expect(await hasher.verify(spaced, hash), JSON.stringify(spaced)).to.include({ isMatch: true, needsUpgrade: false });
      for (const other of ['spacedout', '\u00a0spaced out', 'spaced  out'])
        expect((await hasher.verify(other, hash)).isMatch).to.equal(false);
    });

    it('looks at more than the 72 bytes that bcrypt reads', async () => {
      const hasher = hasherOfAllFormats();
      const long = '0123456789'.repeat(8);
      expect((await hasher.verify(long, hashes[long] ?? '')).isMatch).to.equal(true);
      expect((await hasher.verify(`${long.slice(0, -1)}x`, hashes[long] ?? '')).isMatch).to.equal(false);
    });
  });

  describe('a declared recipe', () => {
    const bare: HexRecipe = { algorithm: 'sha1', encoding: 'hex', salt: null };
    const salted: HexRecipe = { algorithm: 'md5', encoding: 'hex', salt: { separator: '$$', position: 'before' } };
    // printf 'Bienvenue-2024!' | sha1sum; printf 'selBienvenue-2024!' | md5sum; printf 'Bienvenue-2024!' | md5sum
    const [sha1, md5OfSalted, md5] = [
      'f2b777e8d3b1318da5fb48aa3bdeda31c2d5d908',
      'd9c6247d8646287803879e723a614326',
      'dc28a7476a5d9965fa8e6550aff4340b',
    ];

    it('accepts lower and upper case', async () => {
      const verifier = new HexRecipeVerifier(bare);
      for (const hash of [sha1, sha1.toUpperCase()]) expect(await verifier.verify('Bienvenue-2024!', hash)).to.equal(true);
    });

    it('finds the salt behind the separator that it names, be the salt empty', async () => {
      const verifier = new HexRecipeVerifier(salted);
      expect(await verifier.verify('Bienvenue-2024!', `${md5OfSalted}$$sel`)).to.equal(true);
      expect(await verifier.verify('Bienvenue-2024!', `${md5}$$`)).to.equal(true);
      for (const other of [`${md5OfSalted}$$sol`, `${md5OfSalted}$sel`, `${md5OfSalted}:sel`, md5OfSalted, md5])
        expect(await verifier.verify('Bienvenue-2024!', other), other).to.equal(false);
    });

    it('understands no digest of another length, nor anything that has more than it declares', () => {
      const odd = ['', sha1.slice(1), `${sha1}0`, `${sha1}:`, `${sha1}:sel`, `${sha1.slice(1)}g`, ` ${sha1}`, `${sha1}\n`, md5];
      for (const hash of odd) expect(new HexRecipeVerifier(bare).understands(hash), hash).to.equal(false);
      expect(new HexRecipeVerifier(salted).understands(`${md5}$$${'x'.repeat(256)}`)).to.equal(false);
    });
  });
});
