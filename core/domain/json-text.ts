import type { Brand } from './brand.js';

/** JSON (RFC 8259) as text, on one line: serialized once, then passed on unchanged. */
export type JsonText = Brand<string, 'JsonText'>;

/** Max nesting depth of arrays and objects. */
export const maxJsonDepth = 32;

/**
 * Serializes a result of `JSON.parse`, or another plain value. Returns null for a value that JSON cannot represent, and for one that is
 * nested too deeply.
 */
export function jsonText(value: unknown): JsonText | null {
  if (!isShallow(value, maxJsonDepth)) return null;
  // a cast: undefined, functions and symbols have no text, but the library's types do not declare that
  const text = JSON.stringify(value) as string | undefined;
  return (text as JsonText | undefined) ?? null;
}

/** Recurses no deeper than the limit, whatever the value. */
function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((item) => isShallow(item, left - 1));
}
