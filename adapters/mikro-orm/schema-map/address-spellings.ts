import { type EmailAddress, emailForms, parseEmail } from '../../../core/domain/accounts/email-address.js';

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

/** Whether a text is the same bytes in every character set of a column. */
export const isPlainAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** An address in ASCII, of one form: a statement for one of these is the statement for all. */
export const isPlainAddress = (email: EmailAddress): boolean =>
  isPlainAscii(email) && parseEmail(email) !== null && emailForms(email).length === 1;

/** Patterns of LIKE, to be escaped by `!`: a row is meant that fits one of each list. */
export interface UnseenLedPatterns {
  readonly led: readonly string[];
  readonly containing: readonly string[];
}

/**
 * Rows that an index finds only by the blank or the invisible character that they begin with, whatever else stands in front of an address.
 * The rules of Unicode for sorting ignore invisible characters: a collation by them finds such a row by the address itself, and
 * every row would begin with one.
 */
export function unseenLedPatterns(email: EmailAddress, collation: string | null): UnseenLedPatterns {
  const isByUnicodeRules = collation !== null && /^(?:utf|ucs)/.test(collation) && !/_general|_bin$/.test(collation);
  return {
    led: [...blanks, ...(isByUnicodeRules ? [] : invisible)].map((sign) => `${sign}%`),
    containing: emailForms(email).map((form) => `%${escaped(form)}%`),
  };
}

/** What `trim` takes away, but for the mark U+FEFF, which is invisible. */
const blanks = [
  ...'\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
];

/** What is met at the edge of imported and pasted texts: the next line of mainframes, soft hyphens, joiners, marks of direction and of byte order. */
const invisible = [
  ...'\u0085\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f\ufeff',
];

/**
 * The last character of a row that a pattern finds: a blank, an invisible one, or the dot of the DNS root. Other characters end longer
 * addresses that begin alike. A client can register any number of those, so a login with the shorter address must not have to read them.
 */
export const tails = `${[...blanks, ...invisible].join('')}.`;

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
  `${byteOrderMark}${form}\r`, // the first line of a file
  noBreakSpace + form,
  noBreakSpace + form + noBreakSpace,
];

const escaped = (form: string): string => form.replace(/[!%_]/g, '!$&');
