import { hkdfSync } from 'node:crypto';

/** What a key is for: keys of different purposes tell nothing about each other. */
export type KeyPurpose = 'access-token' | 'refresh-token' | `keyed-digest/${string}` | `message-mac/${string}`;

/** A key of 32 bytes from the application's secret: HKDF-SHA-256 (RFC 5869) without salt, the purpose being the `info`. */
export function deriveKey(derivation: { readonly secret: string; readonly purpose: KeyPurpose }): Uint8Array {
  const { secret, purpose } = derivation;
  return new Uint8Array(hkdfSync('sha256', secret, '', `move-acces/${purpose}`, 32));
}
