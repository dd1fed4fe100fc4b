import { type DatabaseServer, startDatabaseServer } from './database-server.js';
import { type RedisServer, startRedisServer } from './redis-server.js';

/** One pair of servers for all the suites of a mocha process: module state, because the process is their life. */
let database: Promise<DatabaseServer> | undefined;
let redis: Promise<RedisServer> | undefined;

/** The process's database server, started on the first call. Whoever stops or freezes it starts or thaws it again. */
export function sharedDatabaseServer(): Promise<DatabaseServer> {
  database ??= startDatabaseServer();
  return database;
}

/** The process's Redis, started on the first call. Whoever stops or freezes it starts or thaws it again. */
export function sharedRedisServer(): Promise<RedisServer> {
  redis ??= startRedisServer();
  return redis;
}

/** Ends whichever was started; the mocha teardown calls it. */
export async function stopSharedServers(): Promise<void> {
  const started = await Promise.allSettled([database, redis]);
  database = undefined;
  redis = undefined;
  for (const server of started) {
    if (server.status === 'fulfilled') await server.value?.[Symbol.asyncDispose]();
  }
}
