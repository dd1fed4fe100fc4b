const HEX = /^(?:[0-9a-f]{2})+$/i;
const ALL_HEX_DIGITS = /^[0-9a-f]+$/i;
/** RFC 4648 §4 and §5, with or without padding. */
const BASE64 = /^[\w+/-]+={0,2}$/;

/**
 * Decodes hex digits or base64; null for any other text. Hex digits are also base64 characters: a text of only hex digits is decoded as
 * hex, which gives fewer bytes.
 */
export function secretBytes(text: string): Uint8Array | null {
  if (ALL_HEX_DIGITS.test(text)) return HEX.test(text) ? Buffer.from(text, 'hex') : null;
  return BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/**
 * Returns the text that the bytes encode, where it is readable text without control characters. For random bytes this is very improbable.
 */
export function readableText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return /\p{C}/u.test(text.replace(/\s/g, '')) ? null : text;
  } catch {
    return null;
  }
}
