import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaMapExample } from '../../support/schema-map-example.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { migrate } from './migrate.js';
import { restrictedAccounts } from './restricted-accounts.js';
import type { ServerStage } from './server-stage.js';
import { roomyLimits, testSecret } from './stage.js';

/** The tables of an example on a real server, and two accounts that have the documented rights and no others. Migrated; Redis is not used. */
export async function restrictedStage(example: SchemaMapExample, env: Readonly<Record<string, string>> = {}): Promise<ServerStage> {
  const server = await sharedDatabaseServer();
  const database = await server.createDatabase();
  for (const table of example.tables) await database.query(table);
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  const accounts = await restrictedAccounts(server, database, example.map);
  const all = { APP_SECRET: testSecret, SCHEMA_MAP: example.file, ...roomyLimits, ...env };
  await migrate(accounts.migrateUrl, example.map);
  await accounts.grantServing();
  return {
    env: { ...all, DB_URL: accounts.serveUrl },
    cwd,
    database,
    async [Symbol.asyncDispose]() {
      await accounts.drop();
      await database[Symbol.asyncDispose]();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
