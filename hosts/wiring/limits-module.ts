import { FallbackRateLimitStore } from '../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
import { MemoryRateLimitStore } from '../../adapters/memory/memory-rate-limit-store.js';
import { MemoryRevocationFeed } from '../../adapters/memory/memory-revocation-feed.js';
import type { RedisConnection } from '../../adapters/redis/redis-connection.js';
import { RedisRateLimitStore } from '../../adapters/redis/redis-rate-limit-store.js';
import { RedisRevocationFeed } from '../../adapters/redis/redis-revocation-feed.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { Logger } from '../../core/ports/logger.js';
import type { Metrics } from '../../core/ports/metrics.js';
import type { Scheduler } from '../../core/ports/scheduler.js';
import { portModule } from './port-module.js';

/** Limits and news shared by all processes through Redis; while it is away, each process limits on its own. */
export const sharedLimitsModule = (redis: RedisConnection) =>
  portModule((bindPort) => {
    bindPort('rateLimits')
      .toResolvedValue(
        (logger: Logger, metrics: Metrics) =>
          new FallbackRateLimitStore({
            primary: new RedisRateLimitStore({ redis }),
            substitute: new MemoryRateLimitStore({ clock: new SystemClock() }),
            clock: new SystemClock(),
            logger,
            metrics,
          }),
        ['logger', 'metrics'],
      )
      .inSingletonScope();
    bindPort('revocationFeed')
      .toResolvedValue((logger: Logger) => new RedisRevocationFeed({ redis, logger }), ['logger'])
      .inSingletonScope();
  });

/** Limits and news of one process, where no Redis is configured. */
export const ownLimitsModule = () =>
  portModule((bindPort) => {
    bindPort('rateLimits').toConstantValue(new MemoryRateLimitStore({ clock: new SystemClock() }));
    bindPort('revocationFeed')
      .toResolvedValue((scheduler: Scheduler, logger: Logger) => new MemoryRevocationFeed({ scheduler, logger }), ['scheduler', 'logger'])
      .inSingletonScope();
  });
