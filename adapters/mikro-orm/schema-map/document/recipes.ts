import { z } from 'zod';
import type { DigestRecipe, DigestSalt } from '../schema-map.js';
import { keywords } from './keywords.js';
import { exactlyOneOf, withRules } from './member-rules.js';
import { name, orNull } from './names.js';

const salt = withRules(
  z.strictObject({
    position: z.enum(['before', 'after']),
    constant: orNull(z.string()),
    separator: orNull(z.string()),
    column: orNull(name),
  }),
  [exactlyOneOf('constant', 'separator', 'column')],
  {
    description: 'The same for all, behind a separator in the column of the hash, or in a column of its own. null: the password alone.',
  },
).transform(({ position, constant, separator, column }): DigestSalt => {
  if (column !== null) return { position, column };
  return separator === null ? { position, constant: constant ?? '' } : { position, separator };
});

/** How digests were made that do not say so themselves. */
export const recipes = z
  .array(
    z
      .strictObject({ algorithm: z.enum(['md5', 'sha1', 'sha256', 'sha512']), encoding: z.enum(['hex']), salt: orNull(salt) })
      .register(keywords, { id: 'recipe', description: 'How digests were made that do not say so themselves.' }),
  )
  .nullish()
  .transform((list): readonly DigestRecipe[] => list ?? []);
