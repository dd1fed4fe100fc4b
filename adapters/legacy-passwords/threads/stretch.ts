import { hash } from 'node:crypto';

export interface Stretching {
  readonly algorithm: 'md5' | 'sha256' | 'sha512';
  /** What the rounds start from. */
  readonly digest: Buffer;
  /** What goes in for the password, and for the salt. */
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly rounds: number;
}

/** Which parts a round hashes depends on its number modulo 2, 3 and 7. */
const cycleLength = 42;

/** The rounds that MD5-crypt and SHA-crypt share: each hashes the digest before it, with password and salt in changing order. */
export function stretch(stretching: Stretching): Buffer {
  const { algorithm, digest, rounds } = stretching;
  const cycle = Array.from({ length: cycleLength }, (_, round) => roundInput(round, stretching));
  // As a string of bytes: it costs a quarter of the time that a buffer a round does.
  let current = digest.toString('binary');
  for (let done = 0; done < rounds; done += cycleLength) {
    for (const { bytes, digestAt } of cycle.slice(0, rounds - done)) {
      bytes.write(current, digestAt, 'binary');
      current = hash(algorithm, bytes, 'binary');
    }
  }
  return Buffer.from(current, 'binary');
}

/** What a round hashes, with a place left for the digest. */
function roundInput(round: number, { digest, password, salt }: Stretching): { readonly bytes: Buffer; readonly digestAt: number } {
  const isOdd = round % 2 === 1;
  const middle = [...(round % 3 === 0 ? [] : [salt]), ...(round % 7 === 0 ? [] : [password])];
  const bytes = Buffer.concat(isOdd ? [password, ...middle, digest] : [digest, ...middle, password]);
  return { bytes, digestAt: isOdd ? bytes.length - digest.length : 0 };
}
