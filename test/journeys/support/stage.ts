import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { referenceSchemaMap } from '../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { runCommand } from '../../support/run-command.js';
import { expectCleanStage } from '../../support/secrets/expect-clean-stage.js';
import { queryEmbedded } from '../../support/secrets/query-embedded.js';
import type { DatabaseServer } from '../../support/servers/database-server.js';
import { sharedDatabaseServer, sharedRedisServer } from '../../support/servers/shared-servers.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { restrictedAccounts } from './restricted-accounts.js';
import { theirDefinitions } from './their-definitions.js';

/** A place to run the product in: an environment, a folder, and the servers behind it. Disposing of it fails when it holds a secret that was used. */
export interface Stage extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What an administrator sets in place of `env`, for the commands that need more rights than serving does. */
  readonly adminEnv?: Readonly<Record<string, string>>;
  /** null on the embedded default. */
  readonly database: TestDatabase | null;
}

/** With a database of the kind that companies have. */
export interface ServerStage extends Stage {
  readonly database: TestDatabase;
}

/** High enough that only tests of the limits meet them. */
const roomyLimits = { LOGIN_RATE_LIMIT: '100000/60', API_RATE_LIMIT: '100000/60', ACCOUNT_RATE_LIMIT: '100000/60' };

/** A secret as `openssl rand -hex 32` gives it. */
export const testSecret = '3f9c1d7be24a8056c1e7f0a9b35d42687c1be90f4da2563e8b07d19fc4e2a815';

/**
 * The existing tables with their rows on a real server, shared unless one is given, a real Redis, and our tables beside them. Whoever
 * serves has the documented rights and no others. At the end the definitions of the existing tables must be what they were.
 */
export async function serverStage(
  env: Readonly<Record<string, string>> = {},
  given: { readonly server?: DatabaseServer } = {},
): Promise<ServerStage> {
  const [server, redis] = await Promise.all([given.server ?? sharedDatabaseServer(), sharedRedisServer()]);
  await redis.flushAll();
  const database = await server.createDatabase();
  await database.loadExistingSchema({ rows: true });
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  const before = await theirDefinitions(database);
  const accounts = await restrictedAccounts(server, database, referenceSchemaMap);
  const all = { DB_URL: accounts.serveUrl, REDIS_URL: redis.url, APP_SECRET: testSecret, ...roomyLimits, ...env };
  const migration = await runCommand(['db', 'migrate'], { env: { ...all, DB_URL: accounts.migrateUrl }, cwd });
  if (migration.exitCode !== 0) throw new Error(`db migrate failed: ${migration.stderr}`);
  await accounts.grantServing();
  return {
    env: all,
    adminEnv: { ...all, DB_URL: database.url },
    cwd,
    database,
    async [Symbol.asyncDispose]() {
      await using resources = new AsyncDisposableStack();
      resources.defer(() => rm(cwd, { recursive: true, force: true }));
      resources.use(database);
      if (server.state !== 'running') return;
      expect(await theirDefinitions(database)).to.equal(before);
      await accounts.drop();
      await expectCleanStage({ query: (sql) => database.query(sql), redisUrl: redis.url });
    },
  };
}

/** What `npm start` gives: an embedded database that makes itself, and nothing else. */
export async function embeddedStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  return {
    env: { ...roomyLimits, ...env },
    cwd,
    database: null,
    async [Symbol.asyncDispose]() {
      await using resources = new AsyncDisposableStack();
      resources.defer(() => rm(cwd, { recursive: true, force: true }));
      await expectCleanStage({ query: queryEmbedded(cwd), redisUrl: null });
    },
  };
}

/** Every place that the product has to work in. */
export const stages = [
  { name: 'on the database server with Redis', open: serverStage },
  { name: 'on the embedded default', open: embeddedStage },
] as const;
