import { printableError } from './printable-error.js';
import { scrubbed } from './scrubbed.js';

/** Names of fields whose values are never printed: `password`, `accessToken`, `refresh_token`, `passwordHash`, `Set-Cookie`, … */
const secretName =
  /(password|passphrase|secret|secrets|token|tokens|hash|authorization|cookie|cookies|ticket|credential|credentials|known_?device)$/i;

const maxDepth = 8;
const maxValues = 1000;

/**
 * A copy of a field as it may be printed: secrets redacted at any depth, errors without what drivers add to them, texts scrubbed,
 * nothing endless. Never throws, whatever it is given.
 */
export function printable(value: unknown): unknown {
  let valuesLeft = maxValues;

  const print = (item: unknown, above: readonly object[]): unknown => {
    valuesLeft -= 1;
    if (typeof item === 'string') return scrubbed(item);
    if (typeof item === 'bigint' || typeof item === 'symbol') return String(item);
    if (typeof item === 'function') return '[function]';
    if (typeof item !== 'object' || item === null) return item;
    if (above.includes(item)) return '[circular]';
    if (above.length >= maxDepth || valuesLeft <= 0) return '[more]';
    try {
      return printableObject(item, (below) => print(below, [...above, item]));
    } catch {
      return '[unreadable]';
    }
  };
  return print(value, []);
}

function printableObject(value: object, print: (item: unknown) => unknown): unknown {
  if (value instanceof Error) return printableError(value, print);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  if (Array.isArray(value)) return value.slice(0, 100).map(print);
  const fields = Object.entries(value).slice(0, 100);
  return Object.fromEntries(fields.map(([name, item]) => [name, isSecret(name, item) ? '[redacted]' : print(item)]));
}

/** That there is or is no secret may be told. */
const isSecret = (name: string, value: unknown): boolean =>
  secretName.test(name) && value !== null && value !== undefined && typeof value !== 'boolean';
