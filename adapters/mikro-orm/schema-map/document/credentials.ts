import { z } from 'zod';
import type { CredentialsMap, UsersMap } from '../schema-map.js';
import { described } from './keywords.js';
import { onlyBeside, requires, withRules } from './member-rules.js';
import { name, orNull } from './names.js';
import { newRow } from './new-row.js';
import { recipes } from './recipes.js';
import { accountStatus } from './statuses.js';

/** The `credentials` of a mapping, as written: where they are in the users table, it is `credentialsMap` that fills its name in. */
export const credentials = withRules(
  z.strictObject({
    table: orNull(name),
    user_id: orNull(name),
    password_hash: name,
    recipes,
    last_login_at: described(orNull(name), 'DATE, DATETIME or TIMESTAMP, UTC.'),
    status: accountStatus,
    new_row: newRow,
  }),
  [
    requires('table', 'user_id'),
    onlyBeside('table', ['user_id', 'status', 'new_row'], 'goes with a table of its own: without one, say it under users'),
  ],
  { description: 'With table and user_id: a table of its own. Without: columns of the users table.' },
);

export function credentialsMap(written: z.output<typeof credentials>, users: UsersMap): CredentialsMap {
  const { table, user_id: userId, password_hash: passwordHash, recipes, last_login_at: lastLoginAt, status, new_row: fills } = written;
  const shared = { passwordHash, recipes, lastLoginAt, status, fills: fills ?? {} };
  return table === null || userId === null
    ? { kind: 'users_table', table: users.table, userId: users.key.column, ...shared }
    : { kind: 'own_table', table, userId, ...shared };
}
