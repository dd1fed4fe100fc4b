import { RedisConnection, type RedisConnectionOptions } from './redis-connection.js';

/** As long as a start waits for Redis: without it the service works, limits being kept by each process. */
const patienceMs = 1500;

/** Opens the connection. Never rejects: with Redis away it resolves all the same, and connects when it comes back. */
export async function connectRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const connection = new RedisConnection(options);
  await connection.ready({ patienceMs });
  return connection;
}
