import { type ScryptOptions, scrypt } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { base64Bytes, base64Text } from './base64-bytes.js';
import { isSame } from './is-same.js';

interface StoredScrypt {
  readonly cost: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>;
  readonly salt: Buffer;
  readonly digest: string;
  readonly digestBytes: number;
}

/**
 * log2 N, r, p, salt, digest. The digest has 32 or 64 bytes: a shorter digest is a prefix of a longer one, so a truncated digest would
 * match.
 */
const shape = /^\$scrypt\$ln=([1-9]|1\d),r=([1-9]\d{0,5}),p=([1-9]\d{0,5})\$([A-Za-z0-9+/]{0,86})\$([A-Za-z0-9+/]{43}|[A-Za-z0-9+/]{86})$/;

/**
 * The max N·r·p: 128 MiB at once, and at least half a second of work. All of OWASP's recommendations are within it (N = 2^17, r = 8, p =
 * 1).
 */
const maxBlocks = 2 ** 20;

/** scrypt (RFC 7914) in the PHC string format, as passlib and others write it. */
export class ScryptVerifier implements LegacyPasswordVerifier {
  readonly scheme = 'scrypt';

  understands(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const stored = parse(hash);
    if (stored === null) return false;
    return isSame(base64Text(await derive(password, stored), 'bare'), stored.digest);
  }

  acceptsVariants(): boolean {
    return false;
  }
}

function parse(hash: string): StoredScrypt | null {
  const [, log2 = '', r, p, salt = '', digest = ''] = shape.exec(hash) ?? [];
  const cost = { N: 2 ** Number(log2), r: Number(r), p: Number(p) };
  const [saltBytes, digestBytes] = [base64Bytes(salt, 'bare'), base64Bytes(digest, 'bare')?.length];
  if (saltBytes === null || digestBytes === undefined || !isComputable(cost)) return null;
  return { cost, salt: saltBytes, digest, digestBytes };
}

/** RFC 7914 §6: N is less than 2^(128·r/8). */
function isComputable({ N, r, p }: StoredScrypt['cost']): boolean {
  return N * r * p <= maxBlocks && Math.log2(N) < 16 * r;
}

function derive(password: string, { cost, salt, digestBytes }: StoredScrypt): Promise<Buffer> {
  const derived = Promise.withResolvers<Buffer>();
  // The memory that the algorithm needs, plus a reserve: Node.js rejects a lower limit.
  const maxmem = 128 * cost.r * (cost.N + cost.p + 2) + 1024;
  scrypt(password, salt, digestBytes, { ...cost, maxmem }, (error, digest) => {
    if (error === null) derived.resolve(digest);
    else derived.reject(error);
  });
  return derived.promise;
}
