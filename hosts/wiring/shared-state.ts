import { ContainerModule } from 'inversify';
import { FallbackRateLimitStore } from '../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
import { MemoryRateLimitStore } from '../../adapters/memory/limits/memory-rate-limit-store.js';
import { connectRedis } from '../../adapters/redis/connect-redis.js';
import { RedisRateLimitStore } from '../../adapters/redis/limits/redis-rate-limit-store.js';
import { RedisClosedConnections } from '../../adapters/redis/live/redis-closed-connections.js';
import { RedisEventBus } from '../../adapters/redis/live/redis-event-bus.js';
import { MessageGuard } from '../../adapters/redis/message-guard.js';
import { EvictionWatch } from '../../adapters/redis/operations/eviction-watch.js';
import { RedisProbe } from '../../adapters/redis/operations/redis-probe.js';
import type { RedisConnection } from '../../adapters/redis/redis-connection.js';
import type { RedisTarget } from '../../adapters/redis/redis-target.js';
import { RedisRevocationFeed } from '../../adapters/redis/sessions/redis-revocation-feed.js';
import { RedisTicketStore } from '../../adapters/redis/sessions/redis-ticket-store.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { HistoryBounds } from '../../core/domain/live/live-event.js';
import type { Clock } from '../../core/ports/clock.js';
import type { MessageMac } from '../../core/ports/message-mac.js';
import type { HealthProbe } from '../../core/ports/operations/health-probe.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Scheduler } from '../../core/ports/scheduler.js';
import { portModule } from './port-module.js';

export interface SharedState extends AsyncDisposable {
  readonly modules: readonly ContainerModule[];
  readonly probe: HealthProbe;
  isUp(): boolean;
  /** Whether Redis is set to delete keys when its memory is full. */
  mayEvict(): boolean;
}

export interface SharedStateOptions {
  readonly target: RedisTarget;
  readonly logger: Logger;
  readonly history: HistoryBounds;
}

const guardToken = 'messageGuard';

/** What all processes share through Redis. Loaded only where one is configured: its library takes a while to load. */
export async function openSharedState(options: SharedStateOptions): Promise<SharedState> {
  await using opened = new AsyncDisposableStack();
  const redis = opened.use(await connectRedis(options));
  const evictions = opened.use(new EvictionWatch({ redis, logger: options.logger }));
  await evictions.look();
  const mayEvict = () => evictions.evictingPolicy !== null;
  const resources = opened.move();
  return {
    modules: [guardModule, sharedStateModule(redis, { history: options.history, mayEvict })],
    probe: new RedisProbe({ redis, evictions }),
    isUp: () => redis.client.status === 'ready',
    mayEvict,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

interface SharedStateParts {
  readonly history: HistoryBounds;
  readonly mayEvict: () => boolean;
}

/** Limits, news, events and tickets that reach every process; while Redis is away, each process limits on its own. */
const sharedStateModule = (redis: RedisConnection, { history, mayEvict }: SharedStateParts) =>
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
            mayHaveForgotten: (ms) => mayEvict() || redis.wasLostWithin(ms),
          }),
        ['logger', 'metrics'],
      )
      .inSingletonScope();
    bindPort('revocationFeed')
      .toResolvedValue((logger: Logger, guard: MessageGuard) => new RedisRevocationFeed({ redis, guard, logger }), ['logger', guardToken])
      .inSingletonScope();
    bindPort('tickets')
      .toResolvedValue((guard: MessageGuard) => new RedisTicketStore({ redis, guard }), [guardToken])
      .inSingletonScope();
    bindPort('closedConnections')
      .toResolvedValue((logger: Logger) => new RedisClosedConnections({ redis, logger }), ['logger'])
      .inSingletonScope();
    bindPort('eventBus')
      .toResolvedValue(
        (scheduler: Scheduler, logger: Logger, guard: MessageGuard) => new RedisEventBus({ redis, guard, scheduler, logger, history }),
        ['scheduler', 'logger', guardToken],
      )
      .inSingletonScope();
  });

/** The one judge of this process of what it finds in Redis. */
const guardModule = new ContainerModule(({ bind }) => {
  bind<MessageGuard>(guardToken)
    .toResolvedValue(
      (mac: MessageMac, clock: Clock, metrics: Metrics, logger: Logger) => new MessageGuard({ mac, clock, metrics, logger }),
      ['messageMac', 'clock', 'metrics', 'logger'],
    )
    .inSingletonScope();
});
