import type { ProfileChanges } from '../../../core/domain/accounts/user.js';
import type { ExistingTables } from '../schema-map/existing-tables.js';
import type { NameMap } from '../schema-map/schema-map.js';

export interface Names {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** The columns that hold a name. */
export const nameColumns = (name: NameMap): readonly string[] =>
  name.kind === 'one_column' ? [name.fullName] : [name.firstName, name.lastName].filter((column) => column !== null);

/** The first word becomes the first name: the column does not contain where the first name ends. */
export function splitName(fullName: string): Names {
  const [firstName = '', ...others] = fullName.trim().split(/\s+/);
  return { firstName: firstName || null, lastName: others.join(' ') || null };
}

/**
 * The columns and values for the names that are present. One column for both names needs both: `current` supplies the one that does not
 * change.
 */
export function nameRow(existing: ExistingTables, changes: ProfileChanges, current: Names): Record<string, string | null> {
  const { table, name } = existing.map.users;
  const row: Record<string, string | null> = {};
  const put = (column: string | null, text: string | null | undefined) => {
    if (column !== null && text !== undefined) row[column] = existing.textOrNull(table, column, text);
  };
  if (name.kind === 'two_columns') {
    put(name.firstName, changes.firstName);
    put(name.lastName, changes.lastName);
  } else if (changes.firstName !== undefined || changes.lastName !== undefined) {
    const { firstName, lastName } = { ...current, ...changes };
    put(name.fullName, [firstName, lastName].filter(Boolean).join(' ') || null);
  }
  return row;
}
