import { MemoryRateLimitStore } from '../../adapters/memory/limits/memory-rate-limit-store.js';
import { MemoryClosedConnections } from '../../adapters/memory/live/memory-closed-connections.js';
import { MemoryEventBus } from '../../adapters/memory/live/memory-event-bus.js';
import { MemoryRevocationFeed } from '../../adapters/memory/sessions/memory-revocation-feed.js';
import { MemoryTicketStore } from '../../adapters/memory/sessions/memory-ticket-store.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { HistoryBounds } from '../../core/domain/live/live-event.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Random } from '../../core/ports/random.js';
import type { Scheduler } from '../../core/ports/scheduler.js';
import { portModule } from './port-module.js';

/** Limits, news, events and tickets of one process, where no Redis is configured. */
export const ownStateModule = ({ history }: { readonly history: HistoryBounds }) =>
  portModule((bindPort) => {
    const clock = new SystemClock();
    bindPort('rateLimits').toConstantValue(new MemoryRateLimitStore({ clock }));
    bindPort('tickets').toConstantValue(new MemoryTicketStore({ clock }));
    bindPort('closedConnections').toConstantValue(new MemoryClosedConnections({ clock }));
    bindPort('revocationFeed')
      .toResolvedValue((scheduler: Scheduler, logger: Logger) => new MemoryRevocationFeed({ scheduler, logger }), ['scheduler', 'logger'])
      .inSingletonScope();
    bindPort('eventBus')
      .toResolvedValue(
        (random: Random, scheduler: Scheduler) => new MemoryEventBus({ clock, random, history, scheduler }),
        ['random', 'scheduler'],
      )
      .inSingletonScope();
  });
