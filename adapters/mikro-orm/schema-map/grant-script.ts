import { existingTableNames } from './mapped-columns.js';
import type { SchemaMap } from './schema-map.js';

export interface GrantOptions {
  readonly map: SchemaMap;
  readonly database: string;
  /** As GRANT takes it: `'name'@'host'`. */
  readonly account: string;
}

/** Rights on tables of ours, of whoever serves. Nothing recorded is ever changed; it is deleted when its time is over. */
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

/** What an account needs that serves, and no more: no definition of any table can be changed with it. The tables of ours must exist. */
export function servingGrants({ map, database, account }: GrantOptions): readonly string[] {
  const rights = neededRights(map);
  const tables = [...existingTableNames(map), ...Object.keys(servingRights)];
  return tables.map((table) => grant((rights.get(table) ?? []).join(', '), database, table, account));
}

/** What an account needs that migrates: definitions of the tables of ours. It cannot so much as look at the others. */
export function migrationGrants({ database, account }: Omit<GrantOptions, 'map'>): readonly string[] {
  const rights = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
  return Object.keys(servingRights).map((table) => grant(rights, database, table, account));
}

const grant = (rights: string, database: string, table: string, account: string): string =>
  `GRANT ${rights} ON ${quoted(database)}.${quoted(table)} TO ${account};`;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
