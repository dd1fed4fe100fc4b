import type { Brand } from '../brand.js';
import { codePoints, hasInvisible, isPlainLine, withoutUnseenEdges } from '../text.js';
import { asciiDomain, unicodeDomain } from './domain-name.js';

/** An address in canonical form: one account has one address, in whatever spelling a user types it. */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/** RFC 5321 §4.5.3.1.3 leaves 254 octets for an address between angle brackets. */
export const maxEmailLength = 254;

const shape = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/u;

/**
 * Returns the canonical form. Addresses that differ only in case, Unicode composition, surrounding blanks or the form of the domain have
 * the same canonical form: internationalized labels of the domain are in Unicode (RFC 5891, UTS #46), as users type them, and a trailing
 * dot for the DNS root is removed.
 */
export const canonicalEmail = (text: string): EmailAddress =>
  withDomain(tidyEmail(text), (domain) => unicodeDomain(domain).replace(/(?<=[^.])\.$/, '')) as EmailAddress;

/**
 * Returns the address that a stored text looks like: its canonical form without control and invisible characters at its edges. A login
 * treats the two as different, since an attacker may have registered the look-alike. A registration treats them as the same, since users
 * cannot see the difference.
 */
export const visibleEmail = (text: string): EmailAddress => canonicalEmail(withoutUnseenEdges(text));

/** Returns whether a stored address is one that users can type. */
export const isTypable = (text: string): boolean => {
  const email = parseEmail(text);
  return email !== null && !hasInvisible(email);
};

/** Returns null for a text that is not an address. Does not accept quoted local parts or address literals. */
export function parseEmail(text: string): EmailAddress | null {
  const canonical = canonicalEmail(text);
  const isShort = emailForms(canonical).every((form) => codePoints(form) <= maxEmailLength);
  const isAddress = isShort && isPlainLine(canonical) && shape.test(canonical);
  return isAddress && !canonical.includes('..') ? canonical : null;
}

/**
 * As `parseEmail`, for an address that is to be stored. Rejects invisible characters, because they make an address look like another one.
 * The owner of such an address that is already stored still signs in with it.
 */
export function parseNewEmail(text: string): EmailAddress | null {
  const isTaken = codePoints(text) <= maxEmailLength && !hasInvisible(text.trim()) && shape.test(text.trim());
  return isTaken ? parseEmail(text) : null;
}

/** Returns the canonical form, and the form with the domain in ASCII where that differs: tables and messages contain either. */
export function emailForms(email: EmailAddress): readonly string[] {
  const ascii = withDomain(email, asciiDomain);
  return ascii === email ? [email] : [email, ascii];
}

/** Returns the form of an address that is nearest to the typed text: other applications search for what their users type. */
export function typedEmailForm(text: string, email: EmailAddress): string {
  const typed = tidyEmail(text);
  return emailForms(email).find((form) => form === typed) ?? email;
}

const tidyEmail = (text: string): string => text.trim().normalize('NFC').toLowerCase();

function withDomain(address: string, change: (domain: string) => string): string {
  const start = address.lastIndexOf('@') + 1;
  return start === 0 ? address : address.slice(0, start) + change(address.slice(start));
}
