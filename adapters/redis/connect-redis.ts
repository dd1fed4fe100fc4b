import { RedisConnection, type RedisConnectionOptions } from './redis-connection.js';

/** Timeout in milliseconds for the connection at startup. Without Redis the service works, and each process keeps its own limits. */
const connectTimeoutMs = 1500;

/** Opens the connection. Never rejects: while Redis is unavailable it resolves too, and connects when Redis is back. */
export async function connectRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const connection = new RedisConnection(options);
  await connection.ready({ patienceMs: connectTimeoutMs });
  return connection;
}
