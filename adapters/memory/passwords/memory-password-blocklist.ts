import { comparablePassword } from '../../../core/domain/passwords/password-policy.js';
import type { PasswordBlocklist } from '../../../core/ports/passwords/password-blocklist.js';

/** Contains the given passwords, in any spelling. Default: none. */
export class MemoryPasswordBlocklist implements PasswordBlocklist {
  readonly #entries: ReadonlySet<string>;

  constructor({ passwords = [] }: { readonly passwords?: readonly string[] } = {}) {
    this.#entries = new Set(passwords.map(comparablePassword));
  }

  has(comparable: string): boolean {
    return this.#entries.has(comparable);
  }
}
