import { canonicalEmail, emailForms, maxEmailLength } from '../accounts/email-address.js';
import { comparablePassword } from './password-policy.js';

/** The facts about the owner of a password that other people may know. */
export interface PasswordOwner {
  readonly email: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/** A shorter number occurs by chance in most longer numbers. */
const shortestNumber = 4;

/**
 * Returns whether a password consists of facts about its owner: the address, its local part, the names and the product's name, each any
 * number of times and in any order, with only digits and punctuation before, after or between them (OWASP ASVS 5.0 §6.2.11).
 */
export function isPersonalPassword(password: string, owner: PasswordOwner, productName: string): boolean {
  // A longer text is not an address, and the time of its normalization grows with the square of its length.
  const email = owner.email.length <= 2 * maxEmailLength ? owner.email : '';
  const known = [email, ...emailForms(canonicalEmail(email)), email.replace(/@.*$/s, ''), owner.firstName, owner.lastName, productName]
    .map((text) => comparablePassword(text ?? '').trim())
    .filter((text) => text !== '');
  const comparable = comparablePassword(password);
  const letters = lettersOf(comparable);
  if (letters === '') return known.some((text) => isNumber(text) && comparable.includes(text));
  return consistsOf(letters, known.map(lettersOf));
}

/** Removes digits, punctuation, symbols and space. */
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{M}]/gu, '');

const isNumber = (text: string): boolean => lettersOf(text) === '' && text.length >= shortestNumber;

/**
 * Returns whether the text is a sequence of the parts. It marks each prefix length that is such a sequence, so that the work is bounded for
 * any parts.
 */
function consistsOf(text: string, parts: readonly string[]): boolean {
  const reached = new Set([0]);
  for (const length of reached) {
    for (const part of parts) if (part !== '' && text.startsWith(part, length)) reached.add(length + part.length);
  }
  return reached.has(text.length);
}
