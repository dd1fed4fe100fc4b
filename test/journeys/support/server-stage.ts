import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { referenceSchemaMap } from '../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { expectCleanStage } from '../../support/secrets/expect-clean-stage.js';
import type { DatabaseServer } from '../../support/servers/database-server.js';
import type { RedisServer } from '../../support/servers/redis-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { migrate } from './migrate.js';
import { restrictedAccounts } from './restricted-accounts.js';
import { roomyLimits, type Stage, testSecret } from './stage.js';
import { theirDefinitions } from './their-definitions.js';

/** With a database of the kind that companies have. */
export interface ServerStage extends Stage {
  readonly database: TestDatabase;
}

/**
 * The existing tables with their rows on a real server, our tables beside them, and a real Redis; the servers are the job's shared ones
 * unless they are given. The account in `DB_URL` has the documented rights and no others. At the end the definitions of the existing tables must be what they were.
 */
export async function serverStage(
  env: Readonly<Record<string, string>> = {},
  given: { readonly server?: DatabaseServer; readonly redis?: RedisServer } = {},
): Promise<ServerStage> {
  const [server, redis] = await Promise.all([given.server ?? sharedDatabaseServer(), given.redis ?? sharedRedisServer()]);
  await redis.flushAll();
  const database = await server.createDatabase();
  await database.loadExistingSchema({ rows: true });
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  const before = await theirDefinitions(database);
  const accounts = await restrictedAccounts(server, database, referenceSchemaMap);
  const all = { DB_URL: accounts.serveUrl, REDIS_URL: redis.url, APP_SECRET: testSecret, ...roomyLimits, ...env };
  await migrate(accounts.migrateUrl);
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
