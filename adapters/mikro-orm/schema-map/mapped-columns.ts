import type { Constant, SchemaMap, StatusMap } from './schema-map.js';

/** A column that a mapping names. */
export interface MappedColumn {
  /** In the JSON. */
  readonly path: string;
  readonly table: string;
  readonly column: string;
  /** What its type must be able to hold; null for anything. */
  readonly holds: 'time' | 'text' | 'integer' | 'uuid' | null;
  /** What may be written to it or is looked for in it, as far as the mapping says. */
  readonly values: readonly (Constant | null)[];
  /** Whether a new row of its table is given a value for it. */
  readonly isInNewRow: boolean;
}

type Rest = Partial<Omit<MappedColumn, 'path' | 'table' | 'column'>>;

/** Each existing table that a mapping names, once. */
export const existingTableNames = ({ users, credentials, subscriptions }: SchemaMap): readonly string[] => [
  ...new Set([users.table, credentials.table, ...(subscriptions === null ? [] : [subscriptions.table])]),
];

/** Every column that a mapping names, those of `new_row` apart. */
export function mappedColumns({ users, credentials, subscriptions }: SchemaMap): readonly MappedColumn[] {
  const found: MappedColumn[] = [];
  const add = (path: string, table: string, column: string | null | undefined, rest: Rest = {}) => {
    if (column) found.push({ path, table, column, holds: null, values: [], isInNewRow: true, ...rest });
  };
  const addStatus = (path: string, table: string, status: StatusMap | null) => {
    if (status === null) return;
    const disabled = status.disabled === undefined ? [] : [status.disabled];
    add(`${path}.status.column`, table, status.column, { values: [...status.active, ...disabled] });
  };

  const { table, key, name } = users;
  add('users.key.column', table, key.column, { holds: key.kind, isInNewRow: key.kind !== 'integer' });
  add('users.email', table, users.email, { holds: 'text' });
  if (name.kind === 'one_column') add('users.name.full', table, name.fullName, { holds: 'text' });
  else {
    add('users.name.first', table, name.firstName, { holds: 'text' });
    add('users.name.last', table, name.lastName, { holds: 'text' });
  }
  add('users.phone', table, users.phone, { holds: 'text' });
  add('users.created_at', table, users.createdAt, { holds: 'time' });
  addStatus('users', table, users.status);

  if (credentials.kind === 'own_table') add('credentials.user_id', credentials.table, credentials.userId);
  add('credentials.password_hash', credentials.table, credentials.passwordHash, { holds: 'text' });
  add('credentials.last_login_at', credentials.table, credentials.lastLoginAt, { holds: 'time', isInNewRow: false });
  addStatus('credentials', credentials.table, credentials.status);
  for (const [index, { salt }] of credentials.recipes.entries()) {
    if (salt !== null && 'column' in salt) {
      add(`credentials.recipes[${index}].salt.column`, credentials.table, salt.column, { isInNewRow: false });
    }
  }

  if (subscriptions === null) return found;
  const { standing } = subscriptions;
  add('subscriptions.user_id', subscriptions.table, subscriptions.userId);
  add('subscriptions.plan', subscriptions.table, subscriptions.plan);
  add('subscriptions.starts_at', subscriptions.table, subscriptions.startsAt, { holds: 'time' });
  add('subscriptions.ends_at', subscriptions.table, subscriptions.endsAt, { holds: 'time' });
  const values = standing === null ? [] : [...standing.good, ...standing.cancelled, ...standing.unpaid];
  add('subscriptions.status.column', subscriptions.table, standing?.column, { values });
  return found;
}
