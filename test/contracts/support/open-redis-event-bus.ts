import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import { RedisEventBus } from '../../../adapters/redis/live/redis-event-bus.js';
import { SystemScheduler } from '../../../adapters/system/system-scheduler.js';
import { type HistoryBounds, historyBounds } from '../../../core/domain/live/live-event.js';
import type { RedisServer } from '../../support/servers/redis-server.js';
import { openGuard } from './open-guard.js';

/** The bus of one process, on a Redis server. */
export async function openRedisEventBus({ host, port }: Pick<RedisServer, 'host' | 'port'>, bounds: Partial<HistoryBounds> = {}) {
  const logger = new MemoryLogger();
  const redis = await connectRedis({ target: { kind: 'single', host, port }, logger });
  const bus = new RedisEventBus({
    redis,
    guard: openGuard().guard,
    scheduler: new SystemScheduler({ onError: () => {} }),
    logger,
    history: { ...historyBounds, ...bounds },
  });
  return { bus, redis, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() };
}
