import type { UsersMap } from '../schema-map/schema-map.js';
import type { Names } from './name-columns.js';

/** Name of the domain's field in a column of the users table; where the column holds both names, the longer one. */
export function userField({ email, name, phone }: UsersMap, names: Names, column: string): string | null {
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
