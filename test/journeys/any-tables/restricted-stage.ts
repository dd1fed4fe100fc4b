import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationGrants, servingGrants } from '../../../adapters/mikro-orm/schema-map/grant-script.js';
import { runCommand } from '../../support/run-command.js';
import type { SchemaMapExample } from '../../support/schema-map-example.js';
import { sharedDatabaseServer } from '../../support/servers/shared-servers.js';
import type { ServerStage } from '../support/stage.js';
import { testSecret } from '../support/stage.js';

/** High enough that no test meets them. */
const roomyLimits = { LOGIN_RATE_LIMIT: '100000/60', API_RATE_LIMIT: '100000/60', ACCOUNT_RATE_LIMIT: '100000/60' };

/** The tables of an example on a real server, and two accounts that have the documented rights and no others. Migrated; Redis is not used. */
export async function restrictedStage(example: SchemaMapExample, env: Readonly<Record<string, string>> = {}): Promise<ServerStage> {
  const server = await sharedDatabaseServer();
  const database = await server.createDatabase();
  for (const table of example.tables) await database.query(table);
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  const names = ['migrate', 'serve'].map((role) => `${role}${randomBytes(6).toString('hex')}`) as [string, string];
  const [migrate, serve] = names.map((name) => ({
    account: `'${name}'@'127.0.0.1'`,
    url: `mysql://${name}:${name}@${server.host}:${server.port}/${database.name}`,
  })) as [{ account: string; url: string }, { account: string; url: string }];
  for (const name of names) await database.query(`create user '${name}'@'127.0.0.1' identified by '${name}'`);
  const all = { APP_SECRET: testSecret, SCHEMA_MAP: example.file, ...roomyLimits, ...env };
  for (const grant of migrationGrants({ database: database.name, account: migrate.account })) await database.query(grant);
  const migration = await runCommand(['db', 'migrate'], { env: { ...all, DB_URL: migrate.url }, cwd });
  if (migration.exitCode !== 0) throw new Error(`db migrate failed: ${migration.stderr}`);
  for (const grant of servingGrants({ map: example.map, database: database.name, account: serve.account })) await database.query(grant);
  return {
    env: { ...all, DB_URL: serve.url },
    cwd,
    database,
    async [Symbol.asyncDispose]() {
      for (const name of names) await database.query(`drop user if exists '${name}'@'127.0.0.1'`);
      await database[Symbol.asyncDispose]();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
