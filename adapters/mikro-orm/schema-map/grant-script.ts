import { existingTableNames } from './mapped-columns.js';
import type { SchemaMap } from './schema-map.js';

export interface GrantOptions {
  readonly map: SchemaMap;
  readonly database: string;
  /** As GRANT takes it: `'name'@'host'`. */
  readonly account: string;
}

/**
 * Rights of the account that serves, on the `auth_*` and `audit_*` tables. It may not change a row of the audit log, and
 * deletes the row when its retention is over.
 */
const servingRights = {
  auth_sessions: 'SELECT, INSERT, UPDATE, DELETE',
  auth_credentials: 'SELECT, INSERT, UPDATE, DELETE',
  auth_email_claims: 'SELECT, INSERT, UPDATE, DELETE',
  auth_definitions: 'SELECT, INSERT, UPDATE',
  audit_logs: 'SELECT, INSERT, DELETE',
  audit_seals: 'SELECT, INSERT',
  auth_migrations: 'SELECT',
} as const;

/** The rights that an account needs that serves, by table. */
export function neededRights({ users, credentials, subscriptions }: SchemaMap): ReadonlyMap<string, readonly string[]> {
  const rights = new Map<string, string>(Object.entries(servingRights));
  if (subscriptions !== null) rights.set(subscriptions.table, 'SELECT');
  for (const table of [users.table, credentials.table]) rights.set(table, 'SELECT, INSERT, UPDATE');
  return new Map([...rights].map(([table, list]) => [table, list.split(', ')]));
}

/**
 * The rights that an account needs to serve, and no more: the account can change the definition of no table. The `auth_*` and `audit_*`
 * tables must exist.
 */
export function servingGrants({ map, database, account }: GrantOptions): readonly string[] {
  const rights = neededRights(map);
  const tables = [...existingTableNames(map), ...Object.keys(servingRights)];
  return tables.map((table) => grant((rights.get(table) ?? []).join(', '), database, table, account));
}

/** The rights that an account needs to migrate: to define the `auth_*` and `audit_*` tables. It cannot even read the other tables. */
export function migrationGrants({ database, account }: Omit<GrantOptions, 'map'>): readonly string[] {
  const rights = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
  return Object.keys(servingRights).map((table) => grant(rights, database, table, account));
}

const grant = (rights: string, database: string, table: string, account: string): string =>
  `GRANT ${rights} ON ${quoted(database)}.${quoted(table)} TO ${account};`;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
