import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type DatabaseServer, startDatabaseServer } from '../../test/support/servers/database-server.js';
import { type RedisServer, startRedisServer } from '../../test/support/servers/redis-server.js';

/** A database server and a Redis for the benchmark only, and a folder for logs. */
export interface Infrastructure extends AsyncDisposable {
  readonly database: DatabaseServer;
  readonly redis: RedisServer;
  readonly folder: string;
  /** Runs statements as root. */
  asRoot(statements: string): Promise<void>;
}

/** With the server's default durability: each commit reaches the disk. The tests' servers are less durable. */
const durable = ['--innodb-flush-log-at-trx-commit=1', '--innodb-doublewrite=1', '--innodb-buffer-pool-size=1G'];

export async function startInfrastructure(): Promise<Infrastructure> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'move-acces-bench-')), (path) => rm(path, { recursive: true, force: true }));
  const database = opened.use(await startDatabaseServer({ extraArgs: durable }));
  const redis = opened.use(await startRedisServer());
  const asRoot = async (statements: string) => {
    const connection = await createConnection({ uri: database.rootUrl, multipleStatements: true });
    await connection.query(statements);
    await connection.end();
  };
  const resources = opened.move();
  return { database, redis, folder, asRoot, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
