import { hkdfSync } from 'node:crypto';

/** The purpose of a key. A key of one purpose reveals nothing about the key of another. */
export type KeyPurpose = 'access-token' | 'refresh-token' | `keyed-digest/${string}` | `message-mac/${string}`;

/** Derives a key of 32 bytes from the application's secret: HKDF-SHA-256 (RFC 5869) without salt, with the purpose as `info`. */
export function deriveKey(derivation: { readonly secret: string; readonly purpose: KeyPurpose }): Uint8Array {
  const { secret, purpose } = derivation;
  return new Uint8Array(hkdfSync('sha256', secret, '', `move-acces/${purpose}`, 32));
}
