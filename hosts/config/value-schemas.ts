import { isIP } from 'node:net';
import { z } from 'zod';
import { commaList } from './comma-list.js';
import { isPublished } from './published-secrets.js';
import { Secret } from './secret.js';
import { textSchema, WrongValue } from './text-schema.js';
import { isGuessable, isPlaceholder } from './typed-text.js';

/** `12`, and what a Python setting takes too: a plus sign, `1_000`, `12.0`. */
const numeral = /^\+?\d+(?:_\d+)*(?:\.0+)?$/;

/** A whole number within bounds, both included, or one of the words that stand for a number. */
export function wholeNumber(min: number, max: number, words: Readonly<Record<string, number>> = {}): z.ZodType<number, string> {
  const named = new Map(Object.entries(words));
  const error = `wants a whole number from ${min} to ${max}${[...named.keys()].map((word) => ` or ${word}`).join('')}`;
  const numberOf = (text: string) => (numeral.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN);
  return z
    .string()
    .transform((text) => named.get(text.toLowerCase()) ?? numberOf(text))
    .pipe(z.number(error).min(min, error).max(max, error));
}

/** The longest idle life that can be set: a greater bound would bound nothing. */
const maxReplaySeconds = 87_600 * 3_600;
const seconds = wholeNumber(0, maxReplaySeconds);

/** `REFRESH_REPLAY_SECONDS`: `unused`, or a whole number of seconds. */
export const replaySeconds = textSchema((text): number | 'unused' => {
  if (text.toLowerCase() === 'unused') return 'unused';
  const { success, data } = seconds.safeParse(text);
  if (!success) throw new WrongValue(`wants a whole number from 0 to ${maxReplaySeconds} or unused`);
  return data;
});

/** One of a few words, in any case. `synonyms` are tolerated, not advertised. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  synonyms: Readonly<Record<string, NoInfer<Word>>> = {},
): z.ZodType<Word, string> {
  const meant = new Map(Object.entries<Word>(synonyms));
  return z
    .string()
    .transform((text) => meant.get(text.toLowerCase()) ?? text.toLowerCase())
    .pipe(z.enum(words, words.length === 2 ? `wants ${words.join(' or ')}` : `wants one of ${words.join(', ')}`));
}

/** `on` or `off`, or a boolean as Python writes it. */
export const onOrOff: z.ZodType<boolean, string> = z.stringbool({
  truthy: ['on', 'true', '1', 'yes', 'y', 't'],
  falsy: ['off', 'false', '0', 'no', 'n', 'f'],
  error: 'wants on or off',
});

/** `HOST`: an address (an IPv6 one with or without brackets) or a name. A number alone is neither. */
export const listenHost = textSchema((text): string => {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  const isName = /^(?=.{1,253}$)(?=.*[a-z])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host);
  if (isIP(host) === 0 && !isName) throw new WrongValue('wants an address or a host name, such as 127.0.0.1, 0.0.0.0 or ::');
  return host;
});

const wantedOrigins = 'wants a comma list of exact origins, scheme://host[:port] without a path, such as https://app.example.com';

/**
 * `CORS_ORIGINS`: each in the form in which a browser sends it (RFC 6454 §6.2: lower case, no default port), also of
 * an app's own scheme (`capacitor://localhost`); none twice.
 */
export const corsOrigins = textSchema((text): readonly string[] => [...new Set(commaList(text).map(canonicalOrigin))]);

function canonicalOrigin(text: string): string {
  if (text.includes('*')) throw new WrongValue(`${wantedOrigins}: with * every site could act for its visitors`);
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\\s]+$/i.test(text) || /^(?:file|wss?|ftp):/i.test(text) || !URL.canParse(text)) {
    throw new WrongValue(wantedOrigins);
  }
  const url = new URL(text);
  return url.origin === 'null' ? `${url.protocol}//${url.host.toLowerCase()}` : url.origin;
}

/** 128 random bits are 22 characters of base64. */
const minTokenCharacters = 22;
const minTokenBits = 42;

/**
 * `METRICS_TOKEN`, which fits into `Authorization: Bearer` (RFC 6750 §2.1, b64token): any other could never be presented. It guards the
 * counters of the service, and has no limit of attempts of its own: so it must be long and random.
 */
export const bearerToken = textSchema((text): Secret => {
  if (!/^[\w.~+/-]+=*$/.test(text)) throw new WrongValue('wants letters, digits and - . _ ~ + / only, with = at the end');
  const isWeak = text.length < minTokenCharacters || isPlaceholder(text) || isGuessable(text, minTokenBits) || isPublished(text);
  if (isWeak) {
    throw new WrongValue(`wants at least ${minTokenCharacters} random characters: openssl rand -hex 16 makes them`);
  }
  return new Secret(text);
});
