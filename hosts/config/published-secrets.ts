import { createHash } from 'node:crypto';
import { publishedDigests } from './published-digests.js';
import { readableText, secretBytes } from './secret-bytes.js';

/** Whose SHA-256 or SHA-512, also with the line end that `echo` adds, is no secret: such digests are in every table of digests. */
const WORDS = [
  ...['', '0', '1', 'a', 'abc', 'admin', 'api', 'app', 'app-secret', 'app_secret', 'auth', 'bar', 'changeme', 'default', 'demo', 'dev'],
  ...['development', 'example', 'fastapi', 'foo', 'foobar', 'hello', 'hello world', 'Hello World', 'Hello, World!', 'Hello World!', 'jwt'],
  ...['jwt-secret', 'jwt_secret', 'key', 'letmein', 'local', 'my-secret', 'mykey', 'mysecret', 'move-acces', 'passw0rd', 'password'],
  ...['Password1', 'production', 'qwerty', 'root', 'secret', 'Secret', 'secret-key', 'secret_key', 'secretkey', 'supersecret', 'test'],
  ...[
    'The quick brown fox jumps over the lazy dog',
    'token',
    'user',
    '123',
    '1234',
    '12345',
    '123456',
    '12345678',
    '123456789',
    '1234567890',
  ],
];

const wordDigests: ReadonlySet<string> = new Set(
  WORDS.flatMap((word) => [word, `${word}\n`]).flatMap((text) =>
    ['sha256', 'sha512'].map((algorithm) => createHash(algorithm).update(text).digest('hex')),
  ),
);

/** How a value is written in the list. */
export function publishedDigest(text: string): string {
  return digestOf(secretBytes(text) ?? Buffer.from(text));
}

/** Runs of characters that a key may be, with other text around it. */
const RUNS = [/[\w+/=-]{22,}/g, /[a-z\d+/=]{22,}/gi, /[\da-f]{32,}/gi];
/** The lengths of 32 bytes, as hex and as base64: what most published keys are. */
const KEY_LENGTHS = [64, 43];
const SEPARATORS = /[\s:._-]/g;

/**
 * Whether a text is, or holds, a published key: in whatever case its hex digits are, as hex or base64 of the same bytes, encoded once
 * more, in groups, or with something before or after it.
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
  return (bytes.length === 32 || bytes.length === 64) && wordDigests.has(Buffer.from(bytes).toString('hex'));
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
