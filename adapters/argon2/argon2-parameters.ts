/** What a new hash costs (OWASP Password Storage: at least 19456 KiB, 2, 1). */
export interface Argon2Parameters {
  readonly memoryKib: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** All that a digest hangs on besides the password and its own length (RFC 9106 §3.1). */
export interface SaltedArgon2 extends Argon2Parameters {
  readonly scheme: 'argon2i' | 'argon2d' | 'argon2id';
  /** 19 is version 1.3, that of the RFC; 16 is version 1.0. */
  readonly version: number;
  readonly salt: Buffer;
}

/** A stored hash, taken apart. */
export interface StoredArgon2 extends SaltedArgon2 {
  readonly digest: Buffer;
}

/** The kind of new hashes. */
export const argon2OfToday = { scheme: 'argon2id', version: 19 } as const;

/** The PHC string format, base64 without padding. Hashes of version 1.0 have no `v`; node's argon2 sorts the parameters by name. */
const shape =
  /^\$(argon2id|argon2i|argon2d)(?:\$v=(16|19))?\$((?:[mtp]=\d{1,7},){2}[mtp]=\d{1,7})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{6,171})$/;

/**
 * Null for a text that is no Argon2 hash, and for a hash whose parameters are out of bounds: an attacker with write access to the hashes
 * must not control how much memory this process uses. A hash that costs no more than `wanted` is always within bounds.
 */
export function parseArgon2(hash: string, wanted: Argon2Parameters): StoredArgon2 | null {
  const [, scheme, version = '16', list = '', salt = '', digest = ''] = shape.exec(hash) ?? [];
  if (scheme !== 'argon2id' && scheme !== 'argon2i' && scheme !== 'argon2d') return null;
  const { m, t, p } = Object.fromEntries(list.split(',').map((pair) => pair.split('=')));
  const parameters = { memoryKib: Number(m), timeCost: Number(t), parallelism: Number(p) };
  if (!isComputable(parameters, wanted) || !isBase64(salt) || !isBase64(digest)) return null;
  return { scheme, version: Number(version), ...parameters, salt: Buffer.from(salt, 'base64'), digest: Buffer.from(digest, 'base64') };
}

/** The one spelling that every implementation reads: the reference one takes the parameters in this order only. */
export function formatArgon2id({ memoryKib, timeCost, parallelism }: Argon2Parameters, salt: Buffer, digest: Buffer): string {
  return `$argon2id$v=19$m=${memoryKib},t=${timeCost},p=${parallelism}$${base64(salt)}$${base64(digest)}`;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const most: Argon2Parameters = { memoryKib: 262_144, timeCost: 16, parallelism: 16 };
/** In KiB times passes: half a second's work or more. */
const mostWork = 786_432;

/** RFC 9106 §3.1 asks for one pass, one lane and 8 KiB per lane at least. */
function isComputable({ memoryKib, timeCost, parallelism }: Argon2Parameters, wanted: Argon2Parameters): boolean {
  const isPossible = timeCost >= 1 && parallelism >= 1 && memoryKib >= 8 * parallelism;
  const isBounded = memoryKib <= Math.max(most.memoryKib, wanted.memoryKib) && timeCost <= Math.max(most.timeCost, wanted.timeCost);
  const isQuick = memoryKib * timeCost <= Math.max(mostWork, wanted.memoryKib * wanted.timeCost);
  return isPossible && isBounded && isQuick && parallelism <= Math.max(most.parallelism, wanted.parallelism);
}

/** Whether a check of it takes as long as a check of a hash with the `wanted` parameters. */
export function isAsCostly(stored: StoredArgon2, wanted: Argon2Parameters): boolean {
  const { memoryKib, timeCost, parallelism } = stored;
  return memoryKib === wanted.memoryKib && timeCost === wanted.timeCost && parallelism === wanted.parallelism;
}

/** Whether `hash` would make a stronger one today. */
export function isWeaker(stored: StoredArgon2, wanted: Argon2Parameters): boolean {
  const isOldKind = stored.scheme !== 'argon2id' || stored.version !== 19 || stored.salt.length < 16 || stored.digest.length < 16;
  const isCheaper = stored.memoryKib < wanted.memoryKib || stored.timeCost < wanted.timeCost || stored.parallelism < wanted.parallelism;
  return isOldKind || isCheaper;
}

const isBase64 = (text: string): boolean => text.length % 4 !== 1;
