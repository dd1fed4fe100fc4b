import { decodePunycode } from './punycode.js';

/** A domain in ASCII without a label of `xn--` has only one form. */
const hasOneForm = /^(?!.*xn--)[!-~]*$/;
/** Characters that a URL parser removes, or does not treat as part of the host. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const breaksUrl = /[\u0000- /?#@:\\%[\]]/;

/**
 * The limit on the length of a domain (RFC 1035 §2.3.4), with room for letters of two UTF-16 units and for characters that the mapping
 * removes. The time of the mapping grows with the square of the length.
 */
const maxLength = 512;

/**
 * Returns the domain in lower case with A-labels (RFC 5890 §2.3.2.1, UTS #46), the form of the DNS; or the text itself where it has no such
 * form.
 */
export function asciiDomain(domain: string): string {
  if (hasNoOther(domain) || breaksUrl.test(domain)) return domain;
  const url = `http://${domain}/`;
  return URL.canParse(url) ? new URL(url).hostname : domain;
}

/** Returns the domain in lower case with U-labels, the form for display; or the text itself where it has no such form. */
export function unicodeDomain(domain: string): string {
  if (hasNoOther(domain)) return domain;
  const ascii = asciiDomain(domain);
  const unicode = ascii.split('.').map(readableLabel).join('.');
  return asciiDomain(unicode) === ascii ? unicode : ascii;
}

const hasNoOther = (domain: string): boolean => domain.length > maxLength || hasOneForm.test(domain);

const readableLabel = (label: string): string => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label);
