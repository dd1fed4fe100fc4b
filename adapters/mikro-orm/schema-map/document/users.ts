import { z } from 'zod';
import type { NameMap, UsersMap } from '../schema-map.js';
import { described, keywords } from './keywords.js';
import { excludes, withRules } from './member-rules.js';
import { name, orNull } from './names.js';
import { newRow } from './new-row.js';
import { accountStatus } from './statuses.js';

const kinds = { integer: 'integer', bigint: 'integer', uuid: 'uuid', text: 'text' } as const;

const key = z
  .strictObject({ column: name, type: z.enum(['integer', 'bigint', 'uuid', 'text']).transform((type) => kinds[type]) })
  .transform(({ column, type }) => ({ column, kind: type }))
  .register(keywords, {
    description:
      'integer and bigint: the database counts them up, or makes them by the default UUID_SHORT(). uuid and text: a new account gets a UUID (36 characters) that is made here.',
  });

const names = orNull(
  withRules(z.strictObject({ first: orNull(name), last: orNull(name), full: orNull(name) }), [excludes('full', ['first', 'last'])], {
    description: 'Two columns (either may be missing), or one for both: then the first word is the first name.',
  }),
).transform((columns): NameMap => {
  const { first, last, full } = columns ?? { first: null, last: null, full: null };
  return full === null ? { kind: 'two_columns', firstName: first, lastName: last } : { kind: 'one_column', fullName: full };
});

/** The `users` of a mapping. */
export const users = z
  .strictObject({
    table: name,
    key,
    email: name,
    name: names,
    phone: orNull(name),
    created_at: described(orNull(name), 'DATE, DATETIME or TIMESTAMP, UTC.'),
    status: accountStatus,
    new_row: newRow,
  })
  .transform(({ created_at: createdAt, new_row: fills, ...others }): UsersMap => ({ ...others, createdAt, fills: fills ?? {} }));
