import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { DjangoPbkdf2Verifier } from './django-pbkdf2-verifier.js';
import type { HexRecipe } from './hex-recipe.js';
import { HexRecipeVerifier } from './hex-recipe-verifier.js';
import { LdapDigestVerifier } from './ldap-digest-verifier.js';
import { Md5CryptVerifier } from './md5-crypt-verifier.js';
import { PhpassVerifier } from './phpass-verifier.js';
import { ScryptVerifier } from './scrypt-verifier.js';
import { ShaCryptVerifier } from './sha-crypt-verifier.js';
import { SlowHashThreads } from './threads/slow-hash-threads.js';
import { WordpressVerifier } from './wordpress-verifier.js';

export interface LegacyVerifiersOptions {
  readonly bcrypt: LegacyPasswordVerifier;
  /** Max number of hashes that run at once. */
  readonly concurrency: number;
  /** For digests that do not contain their algorithm. Where several recipes fit a hash, the first one verifies it. */
  readonly recipes: readonly HexRecipe[];
}

/** Verifiers for all supported older formats. No hash belongs to two of them, except to two recipes with one algorithm. */
export function legacyVerifiers({ bcrypt, concurrency, recipes }: LegacyVerifiersOptions): readonly LegacyPasswordVerifier[] {
  const threads = new SlowHashThreads({ size: concurrency });
  return [
    bcrypt,
    new WordpressVerifier({ bcrypt }),
    new PhpassVerifier({ threads }),
    ...(['sha256', 'sha1'] as const).map((algorithm) => new DjangoPbkdf2Verifier({ algorithm })),
    ...(['sha256', 'sha512'] as const).map((algorithm) => new ShaCryptVerifier({ algorithm, threads })),
    new Md5CryptVerifier({ threads }),
    ...(['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const).map((algorithm) => new LdapDigestVerifier({ algorithm })),
    new ScryptVerifier(),
    ...recipes.map((recipe) => new HexRecipeVerifier(recipe)),
  ];
}
