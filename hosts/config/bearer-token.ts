import { isPublished } from './published-secrets.js';
import { Secret } from './secret.js';
import { textSchema, WrongValue } from './text-schema.js';
import { isGuessable, isPlaceholder } from './typed-text.js';

/** 128 random bits are 22 characters of base64. */
const FEWEST_CHARACTERS = 22;
const FEWEST_BITS = 42;

/**
 * A token that fits into `Authorization: Bearer` (RFC 6750 §2.1, b64token): any other could never be presented. It guards the
 * counters of the service, and has no limit of attempts of its own: so it must be long and random.
 */
export const bearerToken = textSchema((text): Secret => {
  if (!/^[\w.~+/-]+=*$/.test(text)) throw new WrongValue('wants letters, digits and - . _ ~ + / only, with = at the end');
  const isWeak = text.length < FEWEST_CHARACTERS || isPlaceholder(text) || isGuessable(text, FEWEST_BITS) || isPublished(text);
  if (isWeak) {
    throw new WrongValue(`wants at least ${FEWEST_CHARACTERS} random characters: openssl rand -hex 16 makes them`);
  }
  return new Secret(text);
});
