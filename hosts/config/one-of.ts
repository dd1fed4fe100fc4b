import { z } from 'zod';

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
