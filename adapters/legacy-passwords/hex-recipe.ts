/**
 * The way in which an application made digests that do not contain their algorithm. The operator declares it (the schema map contains it as
 * it is); it is never guessed.
 */
export interface HexRecipe {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  /** Digits and letters, in lower or upper case. */
  readonly encoding: 'hex';
  /** null: the digest is over the password only. */
  readonly salt: HexSalt | null;
}

/** The text that was hashed together with the password, both as UTF-8. */
export type HexSalt = HexSaltSource & { readonly position: 'before' | 'after' };

export type HexSaltSource =
  /** The same salt for all hashes. */
  | { readonly constant: string }
  /** In the column of the hash, after the hash and this separator. */
  | { readonly separator: string }
  /** In its own column. The store that reads the row passes `hash:salt` for a hexadecimal hash; other hashes are passed unchanged. */
  | { readonly column: string };
