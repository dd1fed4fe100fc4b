/** Passwords that many people have, taken from breaches: an attacker guesses them first (OWASP ASVS 5.0 §6.2.4 and §6.2.12). */
export interface PasswordBlocklist {
  /**
   * Whether the password is on the list. Takes it as `comparablePassword` returns it. Looks it up in the process's memory: no request leaves,
   * and the answer is exact.
   */
  has(comparable: string): boolean;
}
