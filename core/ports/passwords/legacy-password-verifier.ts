/** Verifies one older password format, for accounts that existed before. No new hash is ever written in it. */
export interface LegacyPasswordVerifier {
  /** Name of the format, for the audit log: `bcrypt`, `phpass`, … */
  readonly scheme: string;

  /** Returns whether `hash` has this format, with parameters that are safe to compute. Cheap, and never throws. */
  understands(hash: string): boolean;

  /** Returns whether the password matches a hash that `understands` accepts. Rejects only on a technical failure. */
  verify(password: string, hash: string): Promise<boolean>;

  /**
   * Returns whether the format accepts this password in place of another one, as WordPress does, which ignores the space around it. Then
   * the hash is not upgraded: a new hash of this variant would reject a user that types the other one.
   */
  acceptsVariants(password: string): boolean;
}
