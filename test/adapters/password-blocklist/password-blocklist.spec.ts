import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { BuiltinPasswordBlocklist } from '../../../adapters/password-blocklist/builtin-password-blocklist.js';
import { hasLine } from '../../../adapters/password-blocklist/has-line.js';
import { comparablePassword } from '../../../core/domain/passwords/password-policy.js';
import { projectRoot } from '../../support/project-root.js';

describe('password-blocklist', () => {
  const assets = join(projectRoot(), 'adapters/password-blocklist/assets');
  const lines = readFileSync(join(assets, 'common-passwords.txt'), 'utf8').trimEnd().split('\n');

  it('holds more than 20,000 passwords of 8 characters and more, and 3,000 for each PASSWORD_MIN_LENGTH up to 15', () => {
    expect(lines.length).to.be.above(20_000);
    expect(lines.filter((line) => line.length < 8)).to.deep.equal([]);
    expect(lines.filter((line) => line.length >= 15).length).to.be.at.least(3_000);
  });

  it('finds each of them, and no other password', () => {
    const blocklist = new BuiltinPasswordBlocklist();
    const known = new Set(lines);
    for (const line of lines) {
      expect(blocklist.has(line), line).to.equal(true);
      expect(blocklist.has(`${line}~`), line).to.equal(known.has(`${line}~`));
    }
  });

  it('has each as passwords are compared, once, in the order that the search needs', () => {
    expect(lines.map(comparablePassword)).to.deep.equal(lines);
    expect([...new Set(lines)].sort()).to.deep.equal(lines);
  });

  it('holds numbers in a row and repeated characters, which other lists leave to a rule', () => {
    const blocklist = new BuiltinPasswordBlocklist();
    for (const password of ['87654321', '0987654321', '11111111', 'aaaaaaaa', '12341234', '01012011']) {
      expect(blocklist.has(password), password).to.equal(true);
    }
  });

  it('searches any sorted lines as a set would', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '~'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word), word, (words, wanted) => {
        const sorted = [...new Set(words)].sort();
        const text = sorted.map((each) => `${each}\n`).join('');
        for (const each of [...sorted, wanted]) expect(hasLine(text, each)).to.equal(sorted.includes(each));
      }),
    );
  });

  it('is shipped with the licences of its sources', () => {
    const licence = readFileSync(join(assets, 'common-passwords.txt.LICENSE.txt'), 'utf8');
    expect(licence).to.include('Django Software Foundation').and.to.include('Daniel Miessler').and.to.include('Jonathan Ong');
  });
});
