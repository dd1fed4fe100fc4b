import { isPublished } from './published-secrets.js';
import { Secret } from './secret.js';
import { readableText, secretBytes } from './secret-bytes.js';
import { textSchema, WrongValue } from './text-schema.js';
import { followsPattern, repeatsItself } from './typed-bytes.js';
import { isGuessable, isPlaceholder, isWordy } from './typed-text.js';

/** RFC 7518 §3.2: a key for HS256 is at least as long as the hash, 256 bits. */
const MIN_BYTES = 32;
/** Of the bytes that it decodes to: 32 random ones have 30 different values on average. */
const MIN_VALUES = 16;
/** Of 20 000 values of 32 random hexadecimal digits, which have 128 bits, the estimate for the least was 80. */
const MIN_BITS = 72;

const HOW = 'move-acces secret generate or openssl rand -hex 32 makes one';
const PUBLISHED = `wants a random value that was never published, and this one stands in public documents or code: ${HOW}`;
const PLACEHOLDER = `wants a random value, not a placeholder: ${HOW}`;
const TYPED = `wants a random value, and this one is typed or follows a pattern: ${HOW}`;

/** What a signing secret lacks, as `wants …`, or null when it is fit for use. Names no part of it. */
export function secretWeakness(text: string): string | null {
  if (isPublished(text)) return PUBLISHED;
  if (isPlaceholder(text)) return PLACEHOLDER;
  const bytes = secretBytes(text);
  if (bytes === null || bytes.length < MIN_BYTES) {
    return `wants at least ${MIN_BYTES} bytes that are random, as 64 hex digits or 43 base64 characters: ${HOW}`;
  }
  const readable = readableText(bytes);
  // what was encoded twice is judged by its inner form; what decodes to any other text was typed
  if (readable !== null) return secretBytes(readable) === null ? TYPED : secretWeakness(readable);
  return isTyped(text, bytes) ? TYPED : null;
}

/**
 * The same for `APP_SECRET_PREVIOUS`: the rule of the time when any text of 32 bytes was taken, so that a secret which is in use can move
 * there without an end of sessions. A published one verifies nowhere, since a key that still verifies is a key that forges.
 */
export function previousSecretWeakness(text: string): string | null {
  if (isPublished(text)) return PUBLISHED;
  if (Buffer.byteLength(text, 'utf8') < MIN_BYTES) return `wants at least ${MIN_BYTES} bytes in each`;
  if (isPlaceholder(text)) return 'wants secrets that were in use, not a placeholder';
  return isGuessable(text, MIN_BITS) ? 'wants secrets that were in use, and one of these is too easy to guess' : null;
}

/** `APP_SECRET`. */
export const strongSecret = textSchema((text): Secret => {
  const wants = secretWeakness(text);
  if (wants === null) return new Secret(text);
  const mayMove = previousSecretWeakness(text) === null;
  throw new WrongValue(mayMove ? `${wants}; if this value was in use, move it to APP_SECRET_PREVIOUS, and no session ends` : wants);
});

/** `APP_SECRET_PREVIOUS`: a comma list. */
export const previousSecrets = textSchema((text): readonly Secret[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const wants = previousSecretWeakness(item);
      if (wants !== null) throw new WrongValue(wants);
      return new Secret(item);
    }),
);

function isTyped(text: string, bytes: Uint8Array): boolean {
  if (new Set(bytes).size < MIN_VALUES || followsPattern(bytes) || isGuessable(text, MIN_BITS)) return true;
  const isHex = /^[0-9a-f]+$/i.test(text);
  return repeatsItself(Buffer.from(isHex ? text.toLowerCase() : text)) || isWordy(text);
}
