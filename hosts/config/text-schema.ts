import { z } from 'zod';

/**
 * A parser given to `textSchema` throws this. The message states what the variable wants (`wants …`) and never repeats any part of the
 * text, which may contain a password.
 */
export class WrongValue extends Error {}

/** Creates a schema from a plain function from text to value, for formats with their own grammar. */
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
