import { decodePunycode } from './punycode.js';

/** A domain in ASCII without a label of `xn--` has one form. */
const hasOneForm = /^(?!.*xn--)[!-~]*$/;
/** What a URL takes for something else than its host, or leaves out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const breaksUrl = /[\u0000- /?#@:\\%[\]]/;

/**
 * No domain is longer (RFC 1035 §2.3.4), with room for letters of two units and for what the mapping leaves out. The time of the mapping
 * grows with the square of the length.
 */
const maxLength = 512;

/** The form of a domain in lower case with A-labels (RFC 5890 §2.3.2.1, UTS #46), which name servers know; the text itself where it has none. */
export function asciiDomain(domain: string): string {
  if (hasNoOther(domain) || breaksUrl.test(domain)) return domain;
  const url = `http://${domain}/`;
  return URL.canParse(url) ? new URL(url).hostname : domain;
}

/** The form of a domain in lower case with U-labels, which people read; the text itself where it has none. */
export function unicodeDomain(domain: string): string {
  if (hasNoOther(domain)) return domain;
  const ascii = asciiDomain(domain);
  const unicode = ascii.split('.').map(readableLabel).join('.');
  return asciiDomain(unicode) === ascii ? unicode : ascii;
}

const hasNoOther = (domain: string): boolean => domain.length > maxLength || hasOneForm.test(domain);

const readableLabel = (label: string): string => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label);
