import { createHash } from 'node:crypto';
import { cryptBase64 } from './crypt-base64.js';
import { stretch } from './stretch.js';

export interface Md5Crypt {
  readonly password: string;
  /** `$1$` is FreeBSD's, `$apr1$` Apache's: they differ in this alone. */
  readonly prefix: '$1$' | '$apr1$';
  readonly salt: string;
}

const rounds = 1000;

/** In which order the bytes of the digest are written. */
const order = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

/** The last field of a `$1$` or `$apr1$` hash (FreeBSD's crypt-md5.c, Apache's apr_md5.c). */
export function md5Crypt({ password, prefix, salt }: Md5Crypt): string {
  const [key, grain] = [Buffer.from(password), Buffer.from(salt)];
  const inner = createHash('md5').update(key).update(grain).update(key).digest();
  const outer = createHash('md5').update(key).update(prefix).update(grain);
  outer.update(Buffer.alloc(key.length, inner));
  // By a slip of its first author, kept for ever: a zero byte or the password's first, never a byte of the digest.
  for (let bits = key.length; bits > 0; bits >>= 1) outer.update(bits % 2 === 1 ? Buffer.alloc(1) : key.subarray(0, 1));
  const digest = stretch({ algorithm: 'md5', digest: outer.digest(), password: key, salt: grain, rounds });
  return cryptBase64(Buffer.from(order.map((index) => digest.readUInt8(index))));
}
