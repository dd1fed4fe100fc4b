import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { base64Text } from './base64-bytes.js';
import { isSame } from './is-same.js';

export interface DjangoPbkdf2VerifierOptions {
  readonly algorithm: 'sha256' | 'sha1';
}

const derive = promisify(pbkdf2);

/**
 * Iterations, salt, digest; and the max iterations: about a second of work on a processor without instructions for the algorithm. Django
 * 6.0 uses 1,200,000 iterations of either, and each version uses more.
 */
const kinds = {
  sha256: { shape: /^pbkdf2_sha256\$([1-9]\d{0,6})\$([^$]{1,128})\$([A-Za-z0-9+/]{43}=)$/, bytes: 32, maxIterations: 2_000_000 },
  sha1: { shape: /^pbkdf2_sha1\$([1-9]\d{0,6})\$([^$]{1,128})\$([A-Za-z0-9+/]{27}=)$/, bytes: 20, maxIterations: 1_500_000 },
};

/** PBKDF2 (RFC 8018) in Django's format: `pbkdf2_sha256$iterations$salt$digest`. */
export class DjangoPbkdf2Verifier implements LegacyPasswordVerifier {
  readonly scheme: string;
  readonly #algorithm: DjangoPbkdf2VerifierOptions['algorithm'];

  constructor({ algorithm }: DjangoPbkdf2VerifierOptions) {
    this.#algorithm = algorithm;
    this.scheme = `django-pbkdf2-${algorithm}`;
  }

  understands(hash: string): boolean {
    return this.#parse(hash) !== null;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const stored = this.#parse(hash);
    if (stored === null) return false;
    const digest = await derive(password, stored.salt, stored.iterations, kinds[this.#algorithm].bytes, this.#algorithm);
    return isSame(base64Text(digest, 'padded'), stored.digest);
  }

  acceptsVariants(): boolean {
    return false;
  }

  #parse(hash: string): { readonly iterations: number; readonly salt: string; readonly digest: string } | null {
    const { shape, maxIterations } = kinds[this.#algorithm];
    const [, count, salt, digest] = shape.exec(hash) ?? [];
    const iterations = Number(count);
    if (salt === undefined || digest === undefined || iterations > maxIterations) return null;
    return { iterations, salt, digest };
  }
}
