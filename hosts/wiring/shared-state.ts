import type { ContainerModule } from 'inversify';
import { FallbackRateLimitStore } from '../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
import { MemoryRateLimitStore } from '../../adapters/memory/memory-rate-limit-store.js';
import { connectRedis } from '../../adapters/redis/connect-redis.js';
import { RedisClosedConnections } from '../../adapters/redis/redis-closed-connections.js';
import type { RedisConnection } from '../../adapters/redis/redis-connection.js';
import { RedisEventBus } from '../../adapters/redis/redis-event-bus.js';
import { RedisProbe } from '../../adapters/redis/redis-probe.js';
import { RedisRateLimitStore } from '../../adapters/redis/redis-rate-limit-store.js';
import { RedisRevocationFeed } from '../../adapters/redis/redis-revocation-feed.js';
import type { RedisTarget } from '../../adapters/redis/redis-target.js';
import { RedisTicketStore } from '../../adapters/redis/redis-ticket-store.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { HistoryBounds } from '../../core/domain/live-event.js';
import type { HealthProbe } from '../../core/ports/health-probe.js';
import type { Logger } from '../../core/ports/logger.js';
import type { Metrics } from '../../core/ports/metrics.js';
import type { Scheduler } from '../../core/ports/scheduler.js';
import { portModule } from './port-module.js';

export interface SharedState extends AsyncDisposable {
  readonly module: ContainerModule;
  readonly probe: HealthProbe;
  isUp(): boolean;
}

export interface SharedStateOptions {
  readonly target: RedisTarget;
  readonly logger: Logger;
  readonly history: HistoryBounds;
}

/** What all processes share through Redis. Loaded only where one is configured: its library takes a while to load. */
export async function openSharedState(options: SharedStateOptions): Promise<SharedState> {
  const redis = await connectRedis(options);
  return {
    module: sharedStateModule(redis, options.history),
    probe: new RedisProbe({ redis }),
    isUp: () => redis.client.status === 'ready',
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
}

/** Limits, news, events and tickets that reach every process; while Redis is away, each process limits on its own. */
const sharedStateModule = (redis: RedisConnection, history: HistoryBounds) =>
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
    bindPort('tickets').toConstantValue(new RedisTicketStore({ redis }));
    bindPort('closedConnections')
      .toResolvedValue((logger: Logger) => new RedisClosedConnections({ redis, logger }), ['logger'])
      .inSingletonScope();
    bindPort('eventBus')
      .toResolvedValue(
        (scheduler: Scheduler, logger: Logger) => new RedisEventBus({ redis, scheduler, logger, history }),
        ['scheduler', 'logger'],
      )
      .inSingletonScope();
  });
