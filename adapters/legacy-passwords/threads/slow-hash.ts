import { type Md5Crypt, md5Crypt } from './md5-crypt.js';
import { type Phpass, phpass } from './phpass.js';
import { type ShaCrypt, shaCrypt } from './sha-crypt.js';

/** A hash of thousands of rounds that no library computes in a thread of its own. */
export type SlowHash =
  | ({ readonly kind: 'md5-crypt' } & Md5Crypt)
  | ({ readonly kind: 'sha-crypt' } & ShaCrypt)
  | ({ readonly kind: 'phpass' } & Phpass);

/** Its last field, in crypt's base64. Keeps the thread that calls it busy, for up to about a second. */
export function computeSlowHash(slowHash: SlowHash): string {
  switch (slowHash.kind) {
    case 'md5-crypt':
      return md5Crypt(slowHash);
    case 'sha-crypt':
      return shaCrypt(slowHash);
    case 'phpass':
      return phpass(slowHash);
  }
}
