import { createHash } from 'node:crypto';
import { publishedDigests } from './published-digests.js';
import { readableText, secretBytes } from './secret-bytes.js';

/** Words whose digest is not a secret, in any case and with one of `ENDINGS`: every table of digests contains them. */
const WORDS = [
  ...['', '0', '1', 'a', 'abc', 'admin', 'api', 'app', 'app-secret', 'app_secret', 'auth', 'bar', 'changeme', 'default', 'demo', 'dev'],
  ...['development', 'example', 'fastapi', 'foo', 'foobar', 'hello', 'hello world', 'Hello World', 'Hello, World!', 'Hello World!', 'jwt'],
  ...['jwt-secret', 'jwt_secret', 'key', 'letmein', 'local', 'my-secret', 'mykey', 'mysecret', 'move-acces', 'passw0rd', 'password'],
  ...['Password1', 'production', 'qwerty', 'root', 'secret', 'Secret', 'secret-key', 'secret_key', 'secretkey', 'supersecret', 'test'],
  ...[
    'The quick brown fox jumps over the lazy dog',
    'token',
    'user',
    'my-secret-key',
    'my-super-secret-key',
    'move-access',
    'moveacces',
    'super-secret-key',
    'supersecretkey',
    'your-256-bit-secret',
    'your-secret-key',
    '123',
    '1234',
    '12345',
    '123456',
    '12345678',
    '123456789',
    '1234567890',
  ],
];

/** Endings that `echo` adds, on Unix and on Windows, and that people add. */
const ENDINGS = ['', '\n', '\r\n', '123'];
const ALGORITHMS = ['sha256', 'sha384', 'sha512', 'sha3-256'];

const spellingsOf = (word: string): readonly string[] => [
  ...new Set([word, word.toLowerCase(), word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]),
];

const wordDigests: ReadonlySet<string> = new Set(
  WORDS.flatMap(spellingsOf)
    .flatMap((word) => ENDINGS.map((ending) => word + ending))
    .flatMap((text) => ALGORITHMS.map((algorithm) => createHash(algorithm).update(text).digest('hex'))),
);

/** Returns the digest of a value in the form of the list. */
export function publishedDigest(text: string): string {
  return digestOf(secretBytes(text) ?? Buffer.from(text));
}

/** Sequences of characters that may be a key, with other text around them. */
const RUNS = [/[\w+/=-]{22,}/g, /[a-z\d+/=]{22,}/gi, /[\da-f]{32,}/gi];
/** The lengths of 32 bytes, as hex and as base64: most published keys have one of them. */
const KEY_LENGTHS = [64, 43];
const SEPARATORS = /[\s:._-]/g;

/**
 * Returns whether a text is, or contains, a published key: with its hex digits in any case, as hex or base64 of the same bytes, encoded
 * once more, in groups, or with text before or after it.
 */
export function isPublished(text: string): boolean {
  return holdsPublished(text) || holdsPublished(text.replace(SEPARATORS, ''));
}

function holdsPublished(text: string): boolean {
  const runs = RUNS.flatMap((run) => text.match(run) ?? []);
  const isWhole = [text, ...new Set(runs)].some((part) => publishedDigests.has(publishedDigest(part)) || isPublishedInside(part));
  return isWhole || KEY_LENGTHS.some((length) => windows(text, length).some((part) => publishedDigests.has(publishedDigest(part))));
}

const windows = (text: string, length: number): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, start) => text.slice(start, start + length));

function isPublishedInside(text: string): boolean {
  const bytes = secretBytes(text);
  if (bytes === null || bytes.length === 0) return false;
  const readable = readableText(bytes);
  return (readable !== null && isPublished(readable)) || isDigestOfWord(bytes);
}

function isDigestOfWord(bytes: Uint8Array): boolean {
  return wordDigests.has(Buffer.from(bytes).toString('hex'));
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
