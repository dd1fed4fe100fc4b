export interface PasswordVerdict {
  readonly isMatch: boolean;
  /** True when `hash` would make another one today: of another format, with stronger parameters, or of the normal form of the password. */
  readonly needsUpgrade: boolean;
  /** Name of the format, for the audit: `argon2id`, `bcrypt`, …, `unknown`. */
  readonly scheme: string;
}

/**
 * Argon2id for new passwords (OWASP Password Storage), and every older format that it understands for those that exist. Passwords are
 * text: what is hashed is their normal form (`normalPassword`), so that every keyboard types the same (RFC 8265 §4.2.2).
 */
export interface PasswordHasher {
  /**
   * Does work that comes to a hash sooner or later, or refuses before any of it: what would only be turned away at the hash must not
   * use up the database first. @throws AuthError `overloaded` when as much is under way as may hash and wait.
   */
  admit<Result>(work: () => Promise<Result>): Promise<Result>;

  /** A PHC string. @throws AuthError `overloaded` when too many hashes wait already. */
  hash(password: string): Promise<string>;

  /**
   * Checks a password: its normal form, then, where that is no match and differs, the text as typed, since older software may have hashed
   * that; such a hash needs an upgrade. For `null` (no account) it does the work of a real check and returns no match. A hash that it
   * cannot read, or whose parameters are out of bounds, is no match as well. Once `signal` aborts the verdict is not needed any more: a
   * check that has begun is finished, one that waits is not made.
   * @throws AuthError `overloaded` as `hash` does, and for a check that was not made.
   */
  verify(password: string, hash: string | null, signal?: AbortSignal): Promise<PasswordVerdict>;

  /** The `scheme` that `verify` would answer for a hash, without its work. */
  schemeOf(hash: string): string;
}
