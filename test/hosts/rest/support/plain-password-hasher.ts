import type { PasswordHasher, PasswordVerdict } from '../../../../core/ports/passwords/password-hasher.js';

/** Hashes nothing: the tests of the host are not about hashes. */
export class PlainPasswordHasher implements PasswordHasher {
  admit<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  async hash(password: string): Promise<string> {
    return `plain:${password}`;
  }

  async verify(password: string, hash: string | null): Promise<PasswordVerdict> {
    return { isMatch: hash === `plain:${password}`, needsUpgrade: false, scheme: 'plain' };
  }

  schemeOf(): string {
    return 'plain';
  }
}
