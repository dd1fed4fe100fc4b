import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import type { RedisConnection } from '../../../adapters/redis/redis-connection.js';
import { type OpenGuard, openGuard } from './open-guard.js';

export interface RedisHands extends Omit<OpenGuard, 'clock'>, AsyncDisposable {
  readonly redis: RedisConnection;
}

/** A connection of one more process to a Redis server. */
export async function connectTo(server: { readonly host: string; readonly port: number }): Promise<RedisHands> {
  const { guard, rejected, logger } = openGuard();
  const redis = await connectRedis({ target: { kind: 'single', host: server.host, port: server.port }, logger });
  return { redis, guard, rejected, logger, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() };
}

/** How long a promise took, in milliseconds; it may reject. */
export async function duration(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work().catch(() => {});
  return performance.now() - startedAt;
}
