/**
 * How an application made digests that do not say how they were made. Somebody who knows declares it (the schema map holds it as it is);
 * it is never guessed.
 */
export interface HexRecipe {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  /** Digits and letters, be they small or capital. */
  readonly encoding: 'hex';
  /** null: the digest is of the password alone. */
  readonly salt: HexSalt | null;
}

/** What was hashed together with the password, both as UTF-8. */
export type HexSalt = HexSaltSource & { readonly position: 'before' | 'after' };

export type HexSaltSource =
  /** The same for all. */
  | { readonly constant: string }
  /** In the column of the hash, behind it and this. */
  | { readonly separator: string }
  /** In a column of its own. Whoever reads the row hands over `hash:salt`, for what is hexadecimal; nothing else changes. */
  | { readonly column: string };
