import { normalPassword, passwordForms } from '../../../core/domain/passwords/password-policy.js';
import type { PasswordHasher, PasswordVerdict } from '../../../core/ports/passwords/password-hasher.js';
import type { Random } from '../../../core/ports/random.js';

export interface MemoryPasswordHasherOptions {
  /** For salts. */
  readonly random: Random;
  /** The number of rounds that new hashes state; a hash with fewer needs an upgrade. */
  readonly rounds?: number;
  /** `as_typed` hashes passwords without normalization, as earlier versions did: for tests of existing hashes. */
  readonly form?: 'normal' | 'as_typed';
}

const shape = /^\$memory\$r=(\d{1,9})\$([0-9a-f]{32})\$([0-9a-f]{16})$/;

/**
 * For the tests of embedding applications: keeps the contract of a hasher in microseconds. NOT SECURE: anyone can turn its hashes back into
 * passwords. Never use it for a real password.
 */
export class MemoryPasswordHasher implements PasswordHasher {
  readonly #random: Random;
  readonly #rounds: number;
  readonly #form: 'normal' | 'as_typed';

  constructor({ random, rounds = 1, form = 'normal' }: MemoryPasswordHasherOptions) {
    this.#random = random;
    this.#rounds = rounds;
    this.#form = form;
  }

  admit<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  async hash(password: string): Promise<string> {
    const salt = Array.from(this.#random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `$memory$r=${this.#rounds}$${salt}$${digest(salt + (this.#form === 'normal' ? normalPassword(password) : password))}`;
  }

  async verify(password: string, hash: string | null): Promise<PasswordVerdict> {
    const [, rounds, salt, expected] = shape.exec(hash ?? '') ?? [];
    if (salt === undefined) return { isMatch: false, needsUpgrade: false, scheme: 'unknown' };
    const match = passwordForms(password).find((form) => digest(salt + form) === expected);
    const isNormal = match === undefined || match === normalPassword(password);
    return { isMatch: match !== undefined, needsUpgrade: Number(rounds) < this.#rounds || !isNormal, scheme: 'memory' };
  }

  schemeOf(hash: string): string {
    return shape.test(hash) ? 'memory' : 'unknown';
  }
}

/** Two runs of FNV-1a with 32 bits each: they distinguish texts, but protect no secret. */
const digest = (text: string): string => fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01000193);

function fnv1a(text: string, basis: number): string {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
