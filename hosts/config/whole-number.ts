import { z } from 'zod';

/** `12`, and what a Python setting takes too: a plus sign, `1_000`, `12.0`. */
const NUMERAL = /^\+?\d+(?:_\d+)*(?:\.0+)?$/;

/** A whole number within bounds, both included, or one of the words that stand for a number. */
export function wholeNumber(least: number, most: number, words: Readonly<Record<string, number>> = {}): z.ZodType<number, string> {
  const named = new Map(Object.entries(words));
  const error = `wants a whole number from ${least} to ${most}${[...named.keys()].map((word) => ` or ${word}`).join('')}`;
  return z
    .string()
    .transform((text) => named.get(text.toLowerCase()) ?? numberOf(text))
    .pipe(z.number(error).min(least, error).max(most, error));
}

function numberOf(text: string): number {
  return NUMERAL.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
}
