import { MemoryClosedConnections } from '../../adapters/memory/memory-closed-connections.js';
import { MemoryEventBus } from '../../adapters/memory/memory-event-bus.js';
import { MemoryTicketStore } from '../../adapters/memory/memory-ticket-store.js';
import { RedisClosedConnections } from '../../adapters/redis/redis-closed-connections.js';
import type { RedisConnection } from '../../adapters/redis/redis-connection.js';
import { RedisEventBus } from '../../adapters/redis/redis-event-bus.js';
import { RedisTicketStore } from '../../adapters/redis/redis-ticket-store.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { Logger } from '../../core/ports/logger.js';
import type { Random } from '../../core/ports/random.js';
import type { Scheduler } from '../../core/ports/scheduler.js';
import { portModule } from './port-module.js';

/** Events and tickets that reach every process. */
export const sharedEventsModule = (redis: RedisConnection) =>
  portModule((bindPort) => {
    bindPort('tickets').toConstantValue(new RedisTicketStore({ redis }));
    bindPort('closedConnections')
      .toResolvedValue((logger: Logger) => new RedisClosedConnections({ redis, logger }), ['logger'])
      .inSingletonScope();
    bindPort('eventBus')
      .toResolvedValue((scheduler: Scheduler, logger: Logger) => new RedisEventBus({ redis, scheduler, logger }), ['scheduler', 'logger'])
      .inSingletonScope();
  });

/** Events and tickets of one process, where no Redis is configured. */
export const ownEventsModule = () =>
  portModule((bindPort) => {
    bindPort('tickets').toConstantValue(new MemoryTicketStore({ clock: new SystemClock() }));
    bindPort('closedConnections').toConstantValue(new MemoryClosedConnections({ clock: new SystemClock() }));
    bindPort('eventBus')
      .toResolvedValue((random: Random) => new MemoryEventBus({ clock: new SystemClock(), random }), ['random'])
      .inSingletonScope();
  });
