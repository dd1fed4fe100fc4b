/** One older password format, checked for accounts that existed before: nothing new is ever written in it. */
export interface LegacyPasswordVerifier {
  /** Name of the format, for the audit: `bcrypt`, `phpass`, … */
  readonly scheme: string;

  /** Whether `hash` is of this format with parameters that are safe to compute. Cheap, and never throws. */
  understands(hash: string): boolean;

  /** Whether the password is the one behind a hash that it understands. Rejects only when the technology is broken. */
  verify(password: string, hash: string): Promise<boolean>;

  /**
   * Whether the format takes this password for another one, as WordPress does, which ignores the space around it. The hash is kept then:
   * one of this password would lock out whoever types the other.
   */
  acceptsVariants(password: string): boolean;
}
