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
  audit_logs: 'SELECT, INSERT, DELETE',
  audit_seals: 'SELECT, INSERT',
  auth_migrations: 'SELECT',
} as const;

/** What an account needs that serves, and no more: no definition of any table can be changed with it. The tables of ours must exist. */
export function servingGrants({ map, database, account }: GrantOptions): readonly string[] {
  const { users, credentials, subscriptions } = map;
  const written = [...new Set([users.table, credentials.table])];
  return [
    ...written.map((table) => grant('SELECT, INSERT, UPDATE', database, table, account)),
    ...(subscriptions === null ? [] : [grant('SELECT', database, subscriptions.table, account)]),
    ...Object.entries(servingRights).map(([table, rights]) => grant(rights, database, table, account)),
  ];
}

/** What an account needs that migrates: definitions of the tables of ours. It cannot so much as look at the others. */
export function migrationGrants({ database, account }: Omit<GrantOptions, 'map'>): readonly string[] {
  const rights = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
  return Object.keys(servingRights).map((table) => grant(rights, database, table, account));
}

const grant = (rights: string, database: string, table: string, account: string): string =>
  `GRANT ${rights} ON ${quoted(database)}.${quoted(table)} TO ${account};`;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
