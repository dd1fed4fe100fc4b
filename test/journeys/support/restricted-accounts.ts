import { randomBytes } from 'node:crypto';
import { migrationGrants, servingGrants } from '../../../adapters/mikro-orm/schema-map/grant-script.js';
import type { SchemaMap } from '../../../adapters/mikro-orm/schema-map/schema-map.js';
import type { DatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';

/** Two accounts of a database that have the documented rights and no others. */
export interface RestrictedAccounts {
  readonly migrateUrl: string;
  /** Has no right until `grantServing`: this product's tables must exist. */
  readonly serveUrl: string;
  grantServing(): Promise<void>;
  drop(): Promise<void>;
}

export async function restrictedAccounts(server: DatabaseServer, database: TestDatabase, map: SchemaMap): Promise<RestrictedAccounts> {
  const makeAccount = async (role: string) => {
    const [name, password] = [role + randomBytes(6).toString('hex'), randomBytes(9).toString('hex')];
    const account = `'${name}'@'127.0.0.1'`;
    await database.query(`create user ${account} identified by '${password}'`);
    return { account, url: `mysql://${name}:${password}@${server.host}:${server.port}/${database.name}` };
  };
  const [migrate, serve] = [await makeAccount('migrate'), await makeAccount('serve')];
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await database.query(statement);
  };
  await run(migrationGrants({ database: database.name, account: migrate.account }));
  return {
    migrateUrl: migrate.url,
    serveUrl: serve.url,
    grantServing: () => run(servingGrants({ map, database: database.name, account: serve.account })),
    drop: () => run([migrate, serve].map(({ account }) => `drop user if exists ${account}`)),
  };
}
