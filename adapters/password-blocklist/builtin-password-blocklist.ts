import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PasswordBlocklist } from '../../core/ports/passwords/password-blocklist.js';
import { hasLine } from './has-line.js';

const file = join(import.meta.dirname, 'assets/common-passwords.txt');

/**
 * The list that the package ships (`docs/decisions/0010-password-blocklist.md`): about 25,000 passwords of 8 characters and more. Read at the
 * first use, then kept as one text of 300 KB.
 */
export class BuiltinPasswordBlocklist implements PasswordBlocklist {
  #lines: string | null = null;

  has(comparable: string): boolean {
    this.#lines ??= readFileSync(file, 'latin1'); // ASCII: one byte a character in memory too
    return hasLine(this.#lines, comparable);
  }
}
