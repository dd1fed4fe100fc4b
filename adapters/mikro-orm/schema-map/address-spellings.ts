import { type EmailAddress, emailForms, parseEmail } from '../../../core/domain/email-address.js';
import { isPlainAscii } from '../sql/plain-ascii.js';

const [noBreakSpace, byteOrderMark] = ['\u00a0', '\ufeff'];

/** How an index is searched for an address, which other applications may have stored in another spelling. */
export interface AddressSpellings {
  readonly exact: readonly string[];
  /** Patterns of LIKE, to be escaped by `!`. */
  readonly patterns: readonly string[];
}

/**
 * Case is left to the collation of the column. Blanks behind an address are found by a pattern, for rows that end in one of `tails`. A
 * text that is no address has none, since many rows could begin with it: applications may store user names in the column.
 */
export function addressSpellings(emails: readonly EmailAddress[]): AddressSpellings {
  const forms = emails.flatMap((email) => emailForms(email).flatMap(composed));
  return {
    exact: forms.flatMap(inBlanks),
    patterns: emails.flatMap((email) => (parseEmail(email) === null ? [] : emailForms(email).map((form) => `${escaped(form)}%`))),
  };
}

/** Rows that an index finds only by the blank that they begin with, whatever else stands in front of an address. */
export const blankLedPatterns = (email: EmailAddress): { readonly led: readonly string[]; readonly containing: readonly string[] } => ({
  led: blanks.map((blank) => `${blank}%`),
  containing: emailForms(email).map((form) => `%${escaped(form)}%`),
});

/** What `trim` takes away, but for the mark U+FEFF: the rules of Unicode for sorting ignore it, so that every row would begin with it. */
const blanks = [
  ...'\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
];

/**
 * The last character of a row that a pattern finds: a blank, or what the mapping of domains leaves out. Others end longer addresses that
 * begin alike, which anybody can register in any number: no login of the shorter one may have to read them.
 */
export const tails = `${blanks.join('')}${byteOrderMark}\u00ad\u200b\u2060\ufe0f`;

/** Some collations, and SQLite's, distinguish composed letters from decomposed ones, or capitals beyond ASCII from small letters. */
const composed = (form: string): readonly string[] =>
  isPlainAscii(form) ? [form] : [...new Set([form, form.normalize('NFD'), form.toUpperCase()])];

/** With the blanks that imports and pasted texts put around it. */
const inBlanks = (form: string): readonly string[] => [
  form,
  ` ${form}`,
  `${form} `,
  ` ${form} `,
  ` ${form}\r`,
  `\t${form}`,
  byteOrderMark + form,
  noBreakSpace + form,
  noBreakSpace + form + noBreakSpace,
];

const escaped = (form: string): string => form.replace(/[!%_]/g, '!$&');
