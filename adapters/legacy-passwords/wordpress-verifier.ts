import { createHmac } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';

export interface WordpressVerifierOptions {
  readonly bcrypt: LegacyPasswordVerifier;
}

const prefix = '$wp';

/**
 * WordPress since 6.8 (`wp_hash_password`): bcrypt, after `$wp`, of the base64 of an HMAC-SHA-384 of the password, so that all its
 * letters count. WordPress ignores the space around a password.
 */
export class WordpressVerifier implements LegacyPasswordVerifier {
  readonly scheme = 'wordpress';
  readonly #bcrypt: LegacyPasswordVerifier;

  constructor({ bcrypt }: WordpressVerifierOptions) {
    this.#bcrypt = bcrypt;
  }

  understands(hash: string): boolean {
    return hash.startsWith(`${prefix}$2y$`) && this.#bcrypt.understands(hash.slice(prefix.length));
  }

  async verify(password: string, hash: string): Promise<boolean> {
    if (!this.understands(hash)) return false;
    const key = createHmac('sha384', 'wp-sha384').update(trimmed(password)).digest('base64');
    return await this.#bcrypt.verify(key, hash.slice(prefix.length));
  }

  acceptsVariants(password: string): boolean {
    return password !== trimmed(password);
  }
}

/** What PHP's `trim` leaves. */
function trimmed(password: string): string {
  return password.replaceAll(/^[ \t\n\r\v\0]+|[ \t\n\r\v\0]+$/g, '');
}
