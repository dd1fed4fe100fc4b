import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** A key for access tokens. */
export interface AccessKey {
  /** An id that reveals nothing about the key (RFC 7515 §4.1.4): a truncated HMAC of a constant under it. */
  readonly kid: string;
  /** Created once: an HMAC with raw bytes costs five times as much. */
  readonly key: KeyObject;
}

export function accessKey(bytes: Uint8Array): AccessKey {
  // RFC 7518 §3.2: a key of at least the size of the hash.
  if (bytes.byteLength < 32) throw new RangeError('a key for HS256 has at least 32 bytes');
  const key = createSecretKey(bytes);
  const kid = createHmac('sha256', key).update('move-acces/kid').digest('base64url').slice(0, 11);
  return { kid, key };
}
