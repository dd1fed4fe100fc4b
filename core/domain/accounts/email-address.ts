import type { Brand } from '../brand.js';
import { codePoints, hasInvisible, isPlainLine, withoutUnseenEdges } from '../text.js';
import { asciiDomain, unicodeDomain } from './domain-name.js';

/** An address in canonical form: one account has one, however it was typed. */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/** RFC 5321 §4.5.3.1.3 leaves 254 octets for an address between angle brackets. */
export const maxEmailLength = 254;

const shape = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/u;

/**
 * Addresses that differ only in case, Unicode composition, blanks around them or the form of the domain are one: its internationalized
 * labels are in Unicode here (RFC 5891, UTS #46), as people type them, and the dot of the DNS root is not written.
 */
export const canonicalEmail = (text: string): EmailAddress =>
  withDomain(tidyEmail(text), (domain) => unicodeDomain(domain).replace(/(?<=[^.])\.$/, '')) as EmailAddress;

/**
 * The address that a stored text looks like: its canonical form without control and invisible characters at its edges. A login keeps the
 * two apart, since an attacker may have registered the look-alike; a registration does not, since users cannot see the difference.
 */
export const visibleEmail = (text: string): EmailAddress => canonicalEmail(withoutUnseenEdges(text));

/** Whether a stored address is one that people can type. */
export const isTypable = (text: string): boolean => {
  const email = parseEmail(text);
  return email !== null && !hasInvisible(email);
};

/** Null for a text that is no address (quoted local parts and address literals are not taken). */
export function parseEmail(text: string): EmailAddress | null {
  const canonical = canonicalEmail(text);
  const isShort = emailForms(canonical).every((form) => codePoints(form) <= maxEmailLength);
  const isAddress = isShort && isPlainLine(canonical) && shape.test(canonical);
  return isAddress && !canonical.includes('..') ? canonical : null;
}

/**
 * As `parseEmail`, for an address that is to be stored. An invisible character makes an address that looks like another one, so none is
 * taken; the owner of one that was stored already signs in with it as before.
 */
export function parseNewEmail(text: string): EmailAddress | null {
  const isTaken = codePoints(text) <= maxEmailLength && !hasInvisible(text.trim()) && shape.test(text.trim());
  return isTaken ? parseEmail(text) : null;
}

/** The canonical form, and the one with the domain in ASCII where that is another: tables and messages hold either. */
export function emailForms(email: EmailAddress): readonly string[] {
  const ascii = withDomain(email, asciiDomain);
  return ascii === email ? [email] : [email, ascii];
}

/** The form of an address that is nearest to how it was typed: other applications look up what their users type. */
export function typedEmailForm(text: string, email: EmailAddress): string {
  const typed = tidyEmail(text);
  return emailForms(email).find((form) => form === typed) ?? email;
}

const tidyEmail = (text: string): string => text.trim().normalize('NFC').toLowerCase();

function withDomain(address: string, change: (domain: string) => string): string {
  const start = address.lastIndexOf('@') + 1;
  return start === 0 ? address : address.slice(0, start) + change(address.slice(start));
}
