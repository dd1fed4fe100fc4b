import { codePoints } from '../text.js';

/** OWASP ASVS 5.0 §6.2: only the length counts; no rule requires kinds of characters. */
export interface PasswordPolicy {
  /** Code points, never below 8. */
  readonly minLength: number;
  /** Name of the product as its users know it. A password may not consist of it (OWASP ASVS 5.0 §6.2.11). */
  readonly productName: string;
}

/** Max length of a password, in code points. */
export const maxPasswordLength = 128;
/** Max length of a password, in bytes of UTF-8: limits the input of the hash. */
export const maxPasswordBytes = 512;

/**
 * Max length of a text that is normalized: the time grows with the square of the length. NFC composes at most four units of a text to one
 * (UAX #15).
 */
const maxTypedLength = 4 * maxPasswordBytes;

/** The text that is hashed for a password: the same text, however a keyboard composes its letters (RFC 8265 §4.2.2). */
export const normalPassword = (password: string): string => password.normalize('NFC');

/**
 * The texts that a stored hash may belong to: the normal form, or the text as typed where that differs and older software made the hash.
 */
export function passwordForms(password: string): readonly [string, ...string[]] {
  const normal = normalPassword(password);
  return normal === password ? [normal] : [normal, password];
}

/** Returns null when a new password may have this length, otherwise the rule that it breaks. */
export function passwordFault(password: string, policy: Pick<PasswordPolicy, 'minLength'>): string | null {
  const isShort = password.length <= maxTypedLength;
  const normal = isShort ? normalPassword(password) : password;
  if (!isShort || !fits(normal)) return `at most ${maxPasswordLength} characters (${maxPasswordBytes} bytes) of well-formed Unicode`;
  if (codePoints(normal) < policy.minLength) return `at least ${policy.minLength} characters`;
  return null;
}

/** Returns whether a password is short enough, in one of its forms, to be hashed. No account can have a longer one. */
export const isHashable = (password: string): boolean => password.length <= maxTypedLength && passwordForms(password).some(fits);

function fits(form: string): boolean {
  if (!form.isWellFormed() || form.length > maxPasswordBytes) return false;
  const letters = [...form];
  return letters.length <= maxPasswordLength && letters.reduce((sum, letter) => sum + utf8Length(letter), 0) <= maxPasswordBytes;
}

/** Spellings that differ only in case or in compatible forms of a letter (UAX #15 NFKC) count as one guess. */
export const comparablePassword = (password: string): string => password.normalize('NFKC').toLowerCase();

function utf8Length(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
