import { setTimeout as delay } from 'node:timers/promises';
import { MemoryAuditSeals } from '../../../adapters/memory/audit/memory-audit-seals.js';
import { MemoryAuditTrail } from '../../../adapters/memory/audit/memory-audit-trail.js';
import { MemoryRateLimitStore } from '../../../adapters/memory/limits/memory-rate-limit-store.js';
import { MemoryClosedConnections } from '../../../adapters/memory/live/memory-closed-connections.js';
import { MemoryEventBus } from '../../../adapters/memory/live/memory-event-bus.js';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../../adapters/memory/manual-scheduler.js';
import { MemoryDatabase } from '../../../adapters/memory/memory-database.js';
import { MemoryStores } from '../../../adapters/memory/memory-stores.js';
import { MemoryUnitOfWork } from '../../../adapters/memory/memory-unit-of-work.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { MemoryPasswordBlocklist } from '../../../adapters/memory/passwords/memory-password-blocklist.js';
import { MemoryPasswordHasher } from '../../../adapters/memory/passwords/memory-password-hasher.js';
import { SeededRandom } from '../../../adapters/memory/seeded-random.js';
import { MemoryRevocationFeed } from '../../../adapters/memory/sessions/memory-revocation-feed.js';
import { MemorySessionLock } from '../../../adapters/memory/sessions/memory-session-lock.js';
import { MemoryTicketStore } from '../../../adapters/memory/sessions/memory-ticket-store.js';
import { SystemScheduler } from '../../../adapters/system/system-scheduler.js';
import type { HistoryBounds } from '../../../core/domain/live/live-event.js';
import { ownOpener } from '../../kit/contracts/support/session-opener.js';

/** The adapters in memory as the contracts take them, one for each port. The stores of a database are opened by `openMemoryStore`. */
export const memoryHarnesses = {
  clock: () => {
    const clock = new ManualClock();
    return { clock, pass: async (ms: number) => clock.advance(ms) };
  },
  random: () => new SeededRandom(),
  scheduler: () => {
    const scheduler = new ManualScheduler();
    return { scheduler, pass: (ms: number) => Promise.race([scheduler.advance(ms), delay(20)]) };
  },
  logger: () => {
    const logger = new MemoryLogger();
    return { logger, entries: () => logger.entries.map((entry) => JSON.stringify(entry)) };
  },
  metrics: () => new MemoryMetrics(),
  passwordBlocklist: (passwords: readonly string[]) => new MemoryPasswordBlocklist({ passwords }),
  passwordHasher: () => ({
    hasher: new MemoryPasswordHasher({ random: new SeededRandom(), rounds: 2 }),
    weaker: new MemoryPasswordHasher({ random: new SeededRandom() }),
    hashAsTyped: (password: string) => new MemoryPasswordHasher({ random: new SeededRandom(), rounds: 2, form: 'as_typed' }).hash(password),
  }),
  rateLimitStore: async () => {
    const clock = new ManualClock();
    return { store: new MemoryRateLimitStore({ clock }), pass: async (ms: number) => clock.advance(ms) };
  },
  revocationFeed: async () => {
    const logger = new MemoryLogger();
    const scheduler = new SystemScheduler({ onError: (error) => logger.error('a task failed', { error }) });
    const feed = new MemoryRevocationFeed({ scheduler, logger });
    return { feed, other: feed, dispose: async () => {} };
  },
  closedConnections: async () => {
    const counter = new MemoryClosedConnections({ clock: new ManualClock() });
    return { counters: [counter, counter] as const, dispose: async () => {} };
  },
  auditTrail: async () => {
    const database = new MemoryDatabase();
    return { trail: new MemoryAuditTrail({ space: database }), audit: new MemoryStores({ database }).audit, dispose: async () => {} };
  },
  auditSeals: async () => ({ seals: new MemoryAuditSeals({ space: new MemoryDatabase() }), dispose: async () => {} }),
  sessionLock: async () => {
    const database = new MemoryDatabase();
    return {
      lock: new MemorySessionLock({ database }),
      sessions: new MemoryStores({ database }).sessions,
      opener: ownOpener(new MemoryUnitOfWork({ database })),
      [Symbol.asyncDispose]: async () => {},
    };
  },
  ticketStore: async () => {
    const clock = new ManualClock();
    const store = new MemoryTicketStore({ clock });
    return { stores: [store, store] as const, letPass: async (ms: number) => clock.advance(ms), dispose: async () => {} };
  },
  eventBus: async (history: HistoryBounds) => {
    const clock = new ManualClock();
    const bus = new MemoryEventBus({ clock, random: new SeededRandom(), history });
    return {
      buses: [bus, bus] as const,
      letPass: async (ms: number) => clock.advance(ms),
      loseAll: () => bus.forgetAll(),
      dispose: async () => {},
    };
  },
};
