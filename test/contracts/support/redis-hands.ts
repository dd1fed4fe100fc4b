import { MemoryLogger } from '../../../adapters/memory/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import type { RedisConnection } from '../../../adapters/redis/redis-connection.js';

export interface RedisHands extends AsyncDisposable {
  readonly redis: RedisConnection;
  readonly logger: MemoryLogger;
}

/** A connection of one more process to a Redis server. */
export async function connectTo(server: { readonly host: string; readonly port: number }): Promise<RedisHands> {
  const logger = new MemoryLogger();
  const redis = await connectRedis({ target: { kind: 'single', host: server.host, port: server.port }, logger });
  return { redis, logger, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() };
}

/** How long a promise took, in milliseconds; it may reject. */
export async function duration(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work().catch(() => {});
  return performance.now() - startedAt;
}
