import type { User } from '../../../core/domain/accounts/user.js';
import type { AccountRow } from '../schema-map/existing-tables.js';
import { fromStoredTime } from '../sql/stored-time.js';
import { splitName } from './name-columns.js';

/** The user's data in a row, without the id and `isEnabled`: these result from all rows of the user together. */
export function userOf(row: AccountRow): Omit<User, 'id' | 'isEnabled'> {
  return {
    email: row.email,
    ...(row.fullName === null ? { firstName: row.firstName || null, lastName: row.lastName || null } : splitName(row.fullName)),
    phone: row.phone || null,
    createdAt: fromStoredTime(row.createdAt),
  };
}
