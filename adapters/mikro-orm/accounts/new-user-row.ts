import { randomUUID } from 'node:crypto';
import type { NewUser } from '../../../core/domain/accounts/user.js';
import type { ExistingTables } from '../schema-map/existing-tables.js';
import type { ColumnValue } from '../sql/row-sql.js';
import { unusableHash } from './credential-writer.js';
import { nameRow } from './name-columns.js';

/** The row of the users table for a new account. Where the key is not an integer, it is generated here. */
export function newUserRow(existing: ExistingTables, user: NewUser): Record<string, ColumnValue> {
  const { users, credentials } = existing.map;
  const { table, key, email, phone, createdAt } = users;
  const row: Record<string, ColumnValue> = {
    ...existing.newRowDefaults(users, user.createdAt),
    [email]: user.typedEmail ?? user.email,
    ...nameRow(existing, user, user),
  };
  if (phone !== null) row[phone] = existing.textOrNull(table, phone, user.phone);
  if (createdAt !== null) row[createdAt] = existing.timeFor(table, createdAt, user.createdAt);
  if (key.kind !== 'integer') row[key.column] = randomUUID();
  if (credentials.kind === 'users_table') row[credentials.passwordHash] = unusableHash; // until the hash is written
  return row;
}
