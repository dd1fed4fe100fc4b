import { AuthError } from '../../../core/domain/auth-error.js';
import type { UsersMap } from '../schema-map/schema-map.js';
import { DatabaseFault } from '../sql/database-fault.js';

/** Turns the refusal of a text that does not fit its column into one that names the field. */
export async function unfitAsViolation<Result>(users: UsersMap, writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    const isUnfit = error instanceof DatabaseFault && error.kind === 'unfit';
    const field = isUnfit && error.column !== null ? fieldOf(users, error.column) : null;
    if (field === null) throw error;
    throw new AuthError('validation_failed', {
      violations: [{ field, rule: 'a text that can be stored: shorter, or of other characters' }],
      cause: error,
    });
  }
}

/** Name of the domain's field that a column of the users table holds. */
export function fieldOf({ email, name, phone }: UsersMap, column: string): string | null {
  const fields: readonly (readonly [string, string | null])[] = [
    ['email', email],
    ['firstName', name.firstName],
    ['lastName', name.lastName],
    ['phone', phone],
  ];
  return fields.find(([, mapped]) => mapped?.toLowerCase() === column.toLowerCase())?.[0] ?? null;
}
