import { expect } from 'chai';
import fc from 'fast-check';
import { comparablePassword } from '../../../../core/domain/passwords/password-policy.js';
import type { PasswordBlocklist } from '../../../../core/ports/passwords/password-blocklist.js';
import { commonPasswords } from '../../common-passwords.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

/** The contract of every `PasswordBlocklist` that contains at least `commonPasswords`. */
export function passwordBlocklistContract(name: string, open: () => PasswordBlocklist, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a password blocklist`, () => {
    it('has the most common passwords, at the first look-up and at later ones', () => {
      const blocklist = open();
      for (const _ of [1, 2]) for (const password of commonPasswords) expect(blocklist.has(password), password).to.equal(true);
    });

    it('contains no part of a password, and no longer text', () => {
      const blocklist = open();
      for (const password of commonPasswords) {
        for (const other of [password.slice(1, -2), `${password}-and-more`, `${password}\n`, `\n${password}`, ` ${password}`]) {
          expect(blocklist.has(other), JSON.stringify(other)).to.equal(false);
        }
      }
      expect(blocklist.has(commonPasswords.join('\n'))).to.equal(false);
      expect(blocklist.has('')).to.equal(false);
    });

    it('has no password that was chosen at random', () => {
      const blocklist = open();
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 16, maxLength: 128 }), (text) => {
          expect(blocklist.has(comparablePassword(text))).to.equal(false);
        }),
      );
    });
  });
}
