import { z } from 'zod';

/**
 * Thrown by a parser given to `textSchema`. The message says what the variable wants (`wants …`) and never
 * repeats any part of the text, which may hold a password.
 */
export class WrongValue extends Error {}

/** A schema made of a plain function from text to value, for formats that have a grammar of their own. */
export function textSchema<T>(parse: (text: string) => T): z.ZodType<T, string> {
  return z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: undefined });
      return z.NEVER;
    }
  });
}
