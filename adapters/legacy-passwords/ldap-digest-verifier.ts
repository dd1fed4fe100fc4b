import { createHash } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { base64Bytes, base64Text } from './base64-bytes.js';
import { isSame } from './is-same.js';

export interface LdapDigestVerifierOptions {
  readonly algorithm: keyof typeof kinds;
}

/** Name without and with salt, and length of the digest in bytes. */
const kinds = {
  md5: { names: ['MD5', 'SMD5'], bytes: 16 },
  sha1: { names: ['SHA', 'SSHA'], bytes: 20 },
  sha256: { names: ['SHA256', 'SSHA256'], bytes: 32 },
  sha384: { names: ['SHA384', 'SSHA384'], bytes: 48 },
  sha512: { names: ['SHA512', 'SSHA512'], bytes: 64 },
} as const;

const shape = /^\{([A-Z0-9]{3,7})\}([A-Za-z0-9+/]{22,172}={0,2})$/i;
const maxSaltBytes = 64;

/**
 * Digests of directory servers (RFC 2307 §5.3, case of the name ignored): `{SSHA}` and the base64 of a digest over password and salt,
 * followed by the salt.
 */
export class LdapDigestVerifier implements LegacyPasswordVerifier {
  readonly scheme: string;
  readonly #algorithm: LdapDigestVerifierOptions['algorithm'];

  constructor({ algorithm }: LdapDigestVerifierOptions) {
    this.#algorithm = algorithm;
    this.scheme = `ldap-${algorithm}`;
  }

  understands(hash: string): boolean {
    return this.#parse(hash) !== null;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const stored = this.#parse(hash);
    if (stored === null) return false;
    const digest = createHash(this.#algorithm).update(password).update(stored.salt).digest();
    return isSame(base64Text(digest, 'padded'), base64Text(stored.digest, 'padded'));
  }

  acceptsVariants(): boolean {
    return false;
  }

  #parse(hash: string): { readonly digest: Buffer; readonly salt: Buffer } | null {
    const [, name = '', text = ''] = shape.exec(hash) ?? [];
    const { names, bytes: digestBytes } = kinds[this.#algorithm];
    const isSalted = name.toUpperCase() === names[1];
    if (!isSalted && name.toUpperCase() !== names[0]) return null;
    const bytes = base64Bytes(text, 'padded');
    if (bytes === null) return null;
    const saltBytes = bytes.length - digestBytes;
    const isPossible = isSalted ? saltBytes >= 1 && saltBytes <= maxSaltBytes : saltBytes === 0;
    return isPossible ? { digest: bytes.subarray(0, digestBytes), salt: bytes.subarray(digestBytes) } : null;
  }
}
