import { createHash } from 'node:crypto';
import { cryptBase64 } from './crypt-base64.js';
import { stretch } from './stretch.js';

export interface ShaCrypt {
  readonly algorithm: 'sha256' | 'sha512';
  readonly password: string;
  readonly salt: string;
  readonly rounds: number;
}

/** The last field of a `$5$` or `$6$` hash (Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6; the steps are its numbers). */
export function shaCrypt({ algorithm, password, salt, rounds }: ShaCrypt): string {
  const [key, grain] = [Buffer.from(password), Buffer.from(salt)];
  const inner = createHash(algorithm).update(key).update(grain).update(key).digest(); // 4-8
  const outer = createHash(algorithm).update(key).update(grain); // 1-3
  outer.update(Buffer.alloc(key.length, inner)); // 9, 10
  for (let bits = key.length; bits > 0; bits >>= 1) outer.update(bits % 2 === 1 ? inner : key); // 11
  const digest = outer.digest(); // 12

  const keys = repeated(algorithm, key, key.length); // 13-16
  const grains = repeated(algorithm, grain, 16 + digest.readUInt8(0)); // 17-20
  const stretched = stretch({ algorithm, digest, password: keys, salt: grains, rounds }); // 21
  return cryptBase64(Buffer.from(order(algorithm).map((index) => stretched.readUInt8(index)))); // 22
}

/** The digest of so many copies of some bytes, again and again until it is as long as these are. */
function repeated(algorithm: string, bytes: Buffer, copies: number): Buffer {
  const hash = createHash(algorithm);
  for (let copy = 0; copy < copies; copy += 1) hash.update(bytes);
  return Buffer.alloc(bytes.length, hash.digest());
}

/** In which order the bytes of the digest are written: a third of it apart, each three going round by one. */
function order(algorithm: ShaCrypt['algorithm']): number[] {
  const indexes: number[] = [];
  let [a, b, c] = algorithm === 'sha256' ? [20, 10, 0] : [42, 21, 0];
  for (let group = 0; group < (algorithm === 'sha256' ? 10 : 21); group += 1) {
    indexes.push(a, b, c);
    [a, b, c] = algorithm === 'sha256' ? [b + 1, c + 1, a + 1] : [c + 1, a + 1, b + 1];
  }
  return [...indexes, ...(algorithm === 'sha256' ? [30, 31] : [63])];
}
