/** Names of fields whose values are never printed: `password`, `accessToken`, `refresh_token`, `passwordHash`, `Set-Cookie`, … */
const secretName =
  /(password|passphrase|secret|secrets|token|tokens|hash|authorization|cookie|cookies|ticket|credential|credentials|known_?device)$/i;

/** Secrets in texts: in query strings, headers, credentials of a URL, JWTs, refresh tokens. */
const secretTexts: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/([?&](?:access_token|refresh_token|token|ticket|password)=)[^&#\s"']+/gi, '$1[redacted]'],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi, '$1[redacted]'],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi, '$1[redacted]@'],
  [/\beyJ[\w-]{10,}(?:\.[\w-]*)*/g, '[redacted]'],
  [/\bmar1_[\w-]{20,}/g, '[redacted]'],
];

/** Each of those texts matches this; most texts, such as ids and names, do not. */
const mayHoldSecret = /[?&\s]|:\/\/|eyJ|mar1_/;

/** Properties of a database driver's error. */
const driverProperties = ['sql', 'sqlMessage', 'sqlState', 'query', 'parameters'];

const maxDepth = 8;
const maxValues = 1000;
const maxItems = 100;
const maxLetters = 4096;

/**
 * Returns a copy of a field without secrets: fields redacted by their names at any depth, texts by `redactText`, errors without what
 * drivers add to them; bounded in depth and size. Never throws, whatever the value is.
 */
export function redact(value: unknown): unknown {
  let valuesLeft = maxValues;

  const print = (item: unknown, above: readonly object[]): unknown => {
    valuesLeft -= 1;
    if (typeof item === 'string') return redactText(item);
    if (typeof item === 'bigint' || typeof item === 'symbol') return String(item);
    if (typeof item === 'function') return '[function]';
    if (typeof item !== 'object' || item === null) return item;
    if (above.includes(item)) return '[circular]';
    if (above.length >= maxDepth || valuesLeft <= 0) return '[more]';
    try {
      return redactObject(item, (below) => print(below, [...above, item]));
    } catch {
      return '[unreadable]';
    }
  };
  return print(value, []);
}

/** Returns a text without the secrets that are known by their form, and not longer than 4,096 letters. */
export function redactText(text: string): string {
  const start = text.length > maxLetters ? `${text.slice(0, maxLetters)}…` : text;
  if (!mayHoldSecret.test(start)) return start;
  return secretTexts.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), start);
}

function redactObject(value: object, print: (item: unknown) => unknown): unknown {
  if (value instanceof Error) return redactError(value, print);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  if (Array.isArray(value)) return value.slice(0, maxItems).map(print);
  const fields = Object.entries(value).slice(0, maxItems);
  return Object.fromEntries(fields.map(([name, item]) => [name, isSecret(name, item) ? '[redacted]' : print(item)]));
}

/** Whether a secret is set may be printed. */
const isSecret = (name: string, value: unknown): boolean =>
  secretName.test(name) && value !== null && value !== undefined && typeof value !== 'boolean';

/**
 * Prints of an error its name, message, code, stack, cause, and the errors that it is made of. Everything else that a driver adds (`sql`,
 * `sqlMessage`, `parameters`, `values`, `command`) quotes what was written, password hashes included.
 */
function redactError(error: Error, print: (value: unknown) => unknown): Record<string, unknown> {
  const message = quotesData(error) ? '[withheld: it quotes data]' : error.message;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const printed: Record<string, unknown> = { name: error.name, message: print(message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) printed.code = error.code;
  if (frames.length > 0) printed.stack = print(frames.map((line) => line.trim()).join('\n'));
  if (error.cause !== undefined) printed.cause = print(error.cause);
  if (error instanceof AggregateError) printed.errors = print(error.errors);
  return printed;
}

/** A database's own words name the row's values: `Duplicate entry 'ann@example.org' for key …`. Its code says enough. */
const quotesData = (error: Error): boolean => driverProperties.some((property) => property in error);
