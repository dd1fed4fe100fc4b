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
import * as kit from '../../../hosts/exports/testing.js';

/** Every contract that an adapter in memory keeps, by any test runner. */
export function memoryContracts(runner: kit.TestRunner): void {
  kit.userRepositoryContract('memory', kit.openMemoryStore, runner);
  kit.credentialStoreContract('memory', kit.openMemoryStore, runner);
  kit.subscriptionReaderContract('memory', kit.openMemoryStore, runner);
  kit.sessionStoreContract('memory', kit.openMemoryStore, runner);
  kit.auditSinkContract('memory', kit.openMemoryStore, runner);
  kit.unitOfWorkContract('memory', kit.openMemoryStore, runner);

  kit.clockContract(
    'memory',
    () => {
      const clock = new ManualClock();
      return { clock, pass: async (ms) => clock.advance(ms) };
    },
    runner,
  );
  kit.randomContract('memory', () => new SeededRandom(), runner);
  kit.schedulerContract(
    'memory',
    () => {
      const scheduler = new ManualScheduler();
      return { scheduler, pass: (ms) => Promise.race([scheduler.advance(ms), delay(20)]) };
    },
    runner,
  );
  kit.loggerContract(
    'memory',
    () => {
      const logger = new MemoryLogger();
      return { logger, entries: () => logger.entries.map((entry) => JSON.stringify(entry)) };
    },
    runner,
  );
  kit.metricsContract('memory', () => new MemoryMetrics(), runner);
  kit.passwordBlocklistContract('memory', () => new MemoryPasswordBlocklist({ passwords: kit.commonPasswords }), runner);
  kit.passwordHasherContract(
    'memory',
    () => ({
      hasher: new MemoryPasswordHasher({ random: new SeededRandom(), rounds: 2 }),
      weaker: new MemoryPasswordHasher({ random: new SeededRandom() }),
      hashAsTyped: (password) => new MemoryPasswordHasher({ random: new SeededRandom(), rounds: 2, form: 'as_typed' }).hash(password),
    }),
    runner,
  );
  kit.rateLimitStoreContract(
    'memory',
    async () => {
      const clock = new ManualClock();
      return { store: new MemoryRateLimitStore({ clock }), pass: async (ms) => clock.advance(ms) };
    },
    runner,
  );
  kit.revocationFeedContract(
    'memory',
    async () => {
      const logger = new MemoryLogger();
      const scheduler = new SystemScheduler({ onError: (error) => logger.error('a task failed', { error }) });
      const feed = new MemoryRevocationFeed({ scheduler, logger });
      return { feed, other: feed, dispose: async () => {} };
    },
    runner,
  );
  kit.auditLogContract('memory', kit.openMemoryStore, runner);
  kit.userDirectoryContract('memory', kit.openMemoryStore, runner);
  kit.existingSchemaContract('memory', kit.openMemoryStore, runner);
  kit.closedConnectionsContract(
    'memory',
    async () => {
      const counter = new MemoryClosedConnections({ clock: new ManualClock() });
      return { counters: [counter, counter], dispose: async () => {} };
    },
    runner,
  );
  kit.demoAccountsContract('memory', kit.openMemoryStore, runner);
  kit.auditTrailContract(
    'memory',
    async () => {
      const database = new MemoryDatabase();
      return { trail: new MemoryAuditTrail({ space: database }), audit: new MemoryStores({ database }).audit, dispose: async () => {} };
    },
    runner,
  );
  kit.auditSealsContract(
    'memory',
    async () => ({ seals: new MemoryAuditSeals({ space: new MemoryDatabase() }), dispose: async () => {} }),
    runner,
  );
  kit.sessionLockContract(
    'memory',
    async () => {
      const database = new MemoryDatabase();
      return {
        lock: new MemorySessionLock({ database }),
        sessions: new MemoryStores({ database }).sessions,
        opener: kit.ownOpener(new MemoryUnitOfWork({ database })),
        [Symbol.asyncDispose]: async () => {},
      };
    },
    runner,
  );
  kit.ticketStoreContract(
    'memory',
    async () => {
      const clock = new ManualClock();
      const store = new MemoryTicketStore({ clock });
      return { stores: [store, store], letPass: async (ms) => clock.advance(ms), dispose: async () => {} };
    },
    runner,
  );
  kit.eventBusContract(
    'memory',
    async (history) => {
      const clock = new ManualClock();
      const bus = new MemoryEventBus({ clock, random: new SeededRandom(), history });
      return { buses: [bus, bus], letPass: async (ms) => clock.advance(ms), loseAll: () => bus.forgetAll(), dispose: async () => {} };
    },
    runner,
  );
}
