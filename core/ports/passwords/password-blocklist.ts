/** Passwords that many people use, taken from breaches: an attacker tries them first (OWASP ASVS 5.0 §6.2.4 and §6.2.12). */
export interface PasswordBlocklist {
  /**
   * Returns whether the password is on the list. Expects the password as `comparablePassword` returns it. Searches the memory of the
   * process: it sends no request, and the result is exact.
   */
  has(comparable: string): boolean;
}
