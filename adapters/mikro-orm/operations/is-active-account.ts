import { type RawBuilder, sql } from 'kysely';
import type { SchemaMap, StatusMap } from '../schema-map/schema-map.js';

/**
 * An expression that is 1 when an account, with the row `u`, is active, otherwise 0: according to every table that stores a status, and to
 * all of its credentials.
 */
export function isActiveAccount({ users, credentials }: SchemaMap): RawBuilder<unknown> {
  const isUserActive = users.status === null ? sql`1 = 1` : hasActive('u', users.status);
  const isCredentialClosed =
    credentials.status === null
      ? sql`1 = 0`
      : sql`exists (select 1 from ${sql.table(credentials.table)} as c where
          ${sql.ref(`c.${credentials.userId}`)} = ${sql.ref(`u.${users.key.column}`)} and not (${hasActive('c', credentials.status)}))`;
  return sql`(${isUserActive} and not ${isCredentialClosed})`;
}

/** Never unknown, also where the status is NULL. */
function hasActive(alias: 'u' | 'c', { column, active }: StatusMap): RawBuilder<unknown> {
  const status = sql.ref(`${alias}.${column}`);
  const isEach = active.map((value) => (value === null ? sql`${status} is null` : sql`(${status} is not null and ${status} = ${value})`));
  return sql`(${sql.join(isEach, sql` or `)})`;
}
