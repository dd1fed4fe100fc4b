export interface PasswordVerdict {
  readonly isMatch: boolean;
  /**
   * True when `hash` would return a different kind of hash today: another format, stronger parameters, or a hash of the password's normal
   * form.
   */
  readonly needsUpgrade: boolean;
  /** Name of the format, for the audit log: `argon2id`, `bcrypt`, …, `unknown`. */
  readonly scheme: string;
}

/**
 * Argon2id for new passwords (OWASP Password Storage), and every older format that the adapter supports for existing ones. Passwords are
 * text: the hash is computed over their normal form (`normalPassword`), so that every keyboard produces the same input (RFC 8265 §4.2.2).
 */
export interface PasswordHasher {
  /**
   * Runs work that includes a hash, or rejects it before it starts: work that the hash queue would reject must not use the database first.
   * @throws AuthError `overloaded` when the max number of calls already hash or wait.
   */
  admit<Result>(work: () => Promise<Result>): Promise<Result>;

  /** Returns a PHC string. @throws AuthError `overloaded` when too many hashes are already queued. */
  hash(password: string): Promise<string>;

  /**
   * Verifies a password: its normal form first. Where that does not match and differs from the text as typed, also the text as typed, since
   * older software may have hashed that; such a hash needs an upgrade. For `null` (no account) it does the work of a real check and returns
   * no match. A hash that it cannot parse, or whose parameters are out of bounds, is no match as well. When `signal` aborts, the verdict is
   * no longer needed: a running check is finished, a queued one is dropped.
   * @throws AuthError `overloaded` as `hash` does, and for a check that was dropped.
   */
  verify(password: string, hash: string | null, signal?: AbortSignal): Promise<PasswordVerdict>;

  /** The `scheme` that `verify` would return for a hash, without its work. */
  schemeOf(hash: string): string;
}
