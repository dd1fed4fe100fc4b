import type { User } from '../../../core/domain/accounts/user.js';
import type { AccountRow } from '../schema-map/existing-tables.js';
import { fromStoredTime } from '../sql/stored-time.js';
import { splitName } from './name-columns.js';

/** What a row says of a person, but for the id, and for whether the account is enabled: all rows of the person together say that. */
export function userOf(row: AccountRow): Omit<User, 'id' | 'isEnabled'> {
  return {
    email: row.email,
    ...(row.fullName === null ? { firstName: row.firstName || null, lastName: row.lastName || null } : splitName(row.fullName)),
    phone: row.phone || null,
    createdAt: fromStoredTime(row.createdAt),
  };
}
