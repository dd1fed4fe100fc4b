import type { Brand } from './brand.js';
import { isPlainLine } from './text.js';

/** An address in canonical form: one account has one, however it was typed. */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/** RFC 5321 §4.5.3.1.3 leaves 254 octets for an address between angle brackets. */
export const maxEmailLength = 254;

const shape = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/;

/** Addresses that differ only in case, Unicode composition or surrounding space are one. */
export const canonicalEmail = (text: string): EmailAddress => text.trim().normalize('NFC').toLowerCase() as EmailAddress;

/** Null for a text that is no address (quoted local parts and address literals are not taken). */
export function parseEmail(text: string): EmailAddress | null {
  const canonical = canonicalEmail(text);
  const isAddress = canonical.length <= maxEmailLength && isPlainLine(canonical) && shape.test(canonical);
  return isAddress && !canonical.includes('..') ? canonical : null;
}
