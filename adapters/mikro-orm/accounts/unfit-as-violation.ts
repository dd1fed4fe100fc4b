import { AuthError } from '../../../core/domain/auth-error.js';
import type { UsersMap } from '../schema-map/schema-map.js';
import { DatabaseFault } from '../sql/database-fault.js';
import type { Names } from './name-columns.js';

/** What was to be written, by which a column is known for a field. */
interface Written {
  readonly users: UsersMap;
  readonly names: Names;
}

/** Turns the refusal of a text that does not fit its column into one that names the field. */
export async function unfitAsViolation<Result>(written: Written, writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    const isUnfit = error instanceof DatabaseFault && error.kind === 'unfit';
    const field = isUnfit && error.column !== null ? fieldOf(written, error.column) : null;
    if (field === null) throw error;
    throw new AuthError('validation_failed', {
      violations: [{ field, rule: 'a text that can be stored: shorter, or of other characters' }],
      cause: error,
    });
  }
}

/** Name of the domain's field that a column of the users table holds; of the longer name where it holds both. */
export function fieldOf({ users: { email, name, phone }, names }: Written, column: string): string | null {
  const longer = (names.firstName ?? '').length > (names.lastName ?? '').length ? 'firstName' : 'lastName';
  const fields: readonly (readonly [string, string | null])[] = [
    ['email', email],
    ...(name.kind === 'one_column'
      ? ([[longer, name.fullName]] as const)
      : ([
          ['firstName', name.firstName],
          ['lastName', name.lastName],
        ] as const)),
    ['phone', phone],
  ];
  return fields.find(([, mapped]) => mapped?.toLowerCase() === column.toLowerCase())?.[0] ?? null;
}
