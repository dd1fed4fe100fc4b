import { timingSafeEqual } from 'node:crypto';
import { hash as bcryptHash } from 'bcrypt';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { signExtendedKey } from './sign-extended-key.js';

/** Variant, cost (4 to 14: each step doubles the time, and 14 takes a second), salt, digest. */
const shape = /^\$2([abxy])\$(0[4-9]|1[0-4])\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;

/**
 * bcrypt in its four variants. Like every bcrypt it uses only the first 72 bytes of a password. A longer password with the same first bytes
 * matches, and its upgraded hash then covers the whole password.
 */
export class BcryptVerifier implements LegacyPasswordVerifier {
  readonly scheme = 'bcrypt';

  understands(hash: string): boolean {
    return shape.test(hash);
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, variant, cost, salt, digest] = shape.exec(hash) ?? [];
    if (digest === undefined) return false;
    const bytes = Buffer.from(password, 'utf8');
    const key = variant === 'x' ? signExtendedKey(bytes) : bytes;
    // The library supports only `a` and `b`, and takes the length of a password modulo 256 for `a`.
    const computed = await bcryptHash(key, `$2b$${cost}$${salt}`);
    return timingSafeEqual(Buffer.from(computed.slice(-31)), Buffer.from(digest));
  }

  acceptsVariants(): boolean {
    return false;
  }
}
