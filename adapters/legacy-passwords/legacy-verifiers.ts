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
  /** Hashes let run at once. */
  readonly concurrency: number;
  /** For digests that do not say how they were made. Of several that fit a hash the first one judges it. */
  readonly recipes: readonly HexRecipe[];
}

/** Every older format that logs in. No hash is of two of them, two recipes of one algorithm apart. */
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
