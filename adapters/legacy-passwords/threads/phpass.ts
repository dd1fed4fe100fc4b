import { hash } from 'node:crypto';
import { cryptBase64 } from './crypt-base64.js';

export interface Phpass {
  readonly password: string;
  readonly salt: string;
  readonly rounds: number;
}

/** The last field of a portable hash of phpass (Openwall, `crypt_private` of version 0.5). */
export function phpass({ password, salt, rounds }: Phpass): string {
  const key = Buffer.from(password);
  let digest = hash('md5', Buffer.concat([Buffer.from(salt), key]), 'binary');
  const input = Buffer.concat([Buffer.alloc(16), key]);
  for (let round = 0; round < rounds; round += 1) {
    input.write(digest, 'binary');
    digest = hash('md5', input, 'binary');
  }
  return cryptBase64(Buffer.from(digest, 'binary'));
}
