import { hash as digestOf } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import type { HexRecipe } from './hex-recipe.js';
import { isSame } from './is-same.js';

const digits = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };
const maxSaltLetters = 255;

/** A hexadecimal digest, with or without salt, by a declared recipe. */
export class HexRecipeVerifier implements LegacyPasswordVerifier {
  readonly scheme: string;
  readonly #recipe: HexRecipe;

  constructor(recipe: HexRecipe) {
    this.#recipe = recipe;
    this.scheme = `hex-${recipe.algorithm}`;
  }

  understands(hash: string): boolean {
    return this.#parse(hash) !== null;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const stored = this.#parse(hash);
    if (stored === null) return false;
    const { algorithm, salt } = this.#recipe;
    const text = salt?.position === 'before' ? stored.salt + password : password + stored.salt;
    return isSame(digestOf(algorithm, text), stored.digest);
  }

  acceptsVariants(): boolean {
    return false;
  }

  #parse(hash: string): { readonly digest: string; readonly salt: string } | null {
    const { algorithm, salt } = this.#recipe;
    const digest = hash.slice(0, digits[algorithm]).toLowerCase();
    if (digest.length !== digits[algorithm] || !/^[0-9a-f]+$/.test(digest)) return null;
    const rest = hash.slice(digest.length);
    if (salt === null || 'constant' in salt) return rest === '' ? { digest, salt: salt?.constant ?? '' } : null;
    const separator = 'separator' in salt ? salt.separator : ':';
    if (!rest.startsWith(separator) || rest.length > separator.length + maxSaltLetters) return null;
    return { digest, salt: rest.slice(separator.length) };
  }
}
