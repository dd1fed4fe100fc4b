import type { Brand } from './brand.js';

/** JSON (RFC 8259) as text, on one line: made once, then carried as it is. */
export type JsonText = Brand<string, 'JsonText'>;

/** Deepest nesting of arrays and objects that is carried. */
export const maxJsonDepth = 32;

/** Takes what `JSON.parse` gave, or a plain value of ours. Null for what JSON has no text for, and for what is nested too deeply. */
export function jsonText(value: unknown): JsonText | null {
  if (!isShallow(value, maxJsonDepth)) return null;
  // a cast: undefined, functions and symbols have no text, which the library's types do not say
  const text = JSON.stringify(value) as string | undefined;
  return (text as JsonText | undefined) ?? null;
}

/** Goes no deeper than the limit, whatever it is given. */
function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((item) => isShallow(item, left - 1));
}
