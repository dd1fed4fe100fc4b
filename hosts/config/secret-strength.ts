import { guessBits } from './guess-bits.js';
import { Secret } from './secret.js';
import { textSchema, WrongValue } from './text-schema.js';

/** RFC 7518 §3.2: a key for HS256 is at least as long as the hash, 256 bits. */
const FEWEST_BYTES = 32;
/** Of 20 000 values of 32 random hexadecimal digits, which have 128 bits, the estimate for the least was 80. */
const FEWEST_BITS = 72;
const FEWEST_DISTINCT = 8;

/** Found in sample files and tutorials; compared without case and punctuation. None turns up in random text. */
const PLACEHOLDERS = new RegExp(
  [
    'change(me|this|it)|replace(me|this|with)|generate(me|with)|thisisa|placeholder|example|insecure|notsafe|don?otuse',
    'your(app|jwt|own|secret|key|random|super)|default(secret|key)|secretkey|notasecret|(super|my|app|jwt|the|test|dev)secret',
  ].join('|'),
);
/** Words that add length but nothing to guess. */
const FILLERS = new RegExp(
  [
    'secret|password|passwd|token|super|sign(ing)?|test|prod(uction)?|dev(elopment)?|local|admin|backend|server',
    'fastapi|move|acces|jwt|auth|key|app|api|the|my',
  ].join('|'),
  'gi',
);

/** What a signing secret lacks, as `wants …`, or null when it is fit for use. Names no part of it. */
export function secretWeakness(text: string): string | null {
  if (Buffer.byteLength(text, 'utf8') < FEWEST_BYTES) return `wants at least ${FEWEST_BYTES} bytes`;
  if (PLACEHOLDERS.test(text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))) {
    return 'wants a random value, not a placeholder: openssl rand -hex 32 makes one';
  }
  const core = text.replace(FILLERS, '');
  if (new Set(core).size < FEWEST_DISTINCT || guessBits(core) < FEWEST_BITS) {
    return 'wants a random value, this one is too easy to guess: openssl rand -hex 32 makes one';
  }
  return null;
}

/** `APP_SECRET`. */
export const strongSecret = textSchema((text) => strong(text));

/**
 * `APP_SECRET_PREVIOUS`: a comma list. Each must be as strong as a current one, since a key that still verifies
 * is a key that forges.
 */
export const strongSecrets = textSchema((text): readonly Secret[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map(strong),
);

function strong(text: string): Secret {
  const wants = secretWeakness(text);
  if (wants !== null) throw new WrongValue(wants);
  return new Secret(text);
}
