/** The zero of each supported script: ASCII, Arabic, Persian, Devanagari, Bengali and full-width. The digits 1 to 9 follow each zero. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10] as const;

const escaped = (code: number): string => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** The contents of character classes in the pattern: the characters of a phone number, as users type and paste them. */
const letters = {
  digit: zeros.map((zero) => `${escaped(zero)}-${escaped(zero + 9)}`).join(''),
  /** Contact applications copy numbers with direction marks around them. */
  invisible: '\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF',
  blank: '\\s',
  dash: '\\-\\u2010-\\u2015\\u2212\\u30FC\\uFE58\\uFE63\\uFF0D',
  dot: '.\\u00B7\\u2022\\u2024\\u3002\\u30FB\\uFF0E',
  slash: '\\/\\u2044\\u2215\\uFF0F',
  opening: '(\\[\\uFF08\\uFF3B',
  closing: ')\\]\\uFF09\\uFF3D',
  plus: '+\\uFF0B',
} as const;

const unseen = `[${letters.invisible}${letters.blank}]*`;
const { invisible, blank, dash, dot, slash, opening, closing } = letters;
const between = `[${invisible}${blank}${dash}${dot}${slash}${opening}${closing}]*`;
const scheme = `(?:${unseen}[Tt][Ee][Ll][.:])?`;
const digits = `(?:[${letters.plus}]${between})?[${letters.digit}](?:${between}[${letters.digit}]){2,17}`;
const extensionSign = '(?:[Ee][Xx][Tt](?:[Ee][Nn][Ss][Ii][Oo][Nn])?[.:]?|[Xx#]|;[Ee][Xx][Tt]=)';
const extension = `(?:(?:,${unseen})?${extensionSign}${unseen}[${letters.digit}]{1,6}${unseen})?`;

/**
 * Matches a phone number: 3 to 18 digits (E.164 allows 15, plus an international prefix) after an optional plus sign, with the usual
 * separators between them (ITU-T E.123), and an extension of up to 6 digits. Also matches a text without visible characters, which means no
 * number. Without flags, for use in a JSON schema.
 */
export const phonePattern = `^(?:${unseen}|${scheme}${between}${digits}${between}${extension})$`;

/** Max length of a text that is parsed. */
export const maxPhoneLength = 100;
/** Max length of a text that is stored. */
const maxStored = 32;

/**
 * Returns a phone number as it is stored: ASCII, with single spaces. The separators between its digits stay, since they show how its owner
 * groups them, unless the text would be too long. Returns an empty text for no number, null for a text that is not a phone number.
 */
export function tidyPhone(text: string): string | null {
  if (text.length > maxPhoneLength || !new RegExp(phonePattern).test(text)) return null;
  const [, typed = '', extra] = /^(?:tel[.:])?([^a-z#;]*)(?:[^0-9]*([0-9]+))?$/i.exec(inAscii(text)) ?? [];
  const main = tidySigns(typed);
  const behind = extra === undefined ? '' : ` ext. ${extra}`;
  return (main.length + behind.length > maxStored ? main.replace(/[^0-9+]/g, '') : main) + behind;
}

function inAscii(text: string): string {
  const signs = { invisible: '', blank: ' ', dash: '-', dot: '.', slash: '/', opening: '(', closing: ')', plus: '+' } as const;
  const kinds = Object.keys(signs) as (keyof typeof signs)[];
  const withDigits = text.replace(new RegExp(`[${letters.digit}]`, 'g'), digitOf);
  return kinds.reduce((line, kind) => line.replace(new RegExp(`[${letters[kind]}]`, 'g'), signs[kind]), withDigits).trim();
}

function digitOf(letter: string): string {
  const code = letter.charCodeAt(0);
  const zero = zeros.findLast((start) => start <= code) ?? zeros[0];
  return String(code - zero);
}

/** Keeps brackets only in pairs around digits, and other separators only between digits. */
function tidySigns(line: string): string {
  const tight = withoutGaps(line);
  const hasPairs = /^[^()]*(?:\(\+?[0-9][^()]*\)[^()]*)*$/.test(tight);
  const paired = hasPairs ? tight : withoutGaps(tight.replace(/[()]/g, ' '));
  return paired.replace(/^[^(+0-9]+/, '').replace(/[^)0-9]+$/, '');
}

const withoutGaps = (line: string): string =>
  line
    .replace(/([(+])[ ./-]+/g, '$1')
    .replace(/[ ./-]+\)/g, ')')
    .replace(/([ ./-])\1+/g, '$1');
