import { JoseTokenIssuer } from '../../adapters/jose/jose-token-issuer.js';
import { JsonEventEncoder } from '../../adapters/json/json-event-encoder.js';
import { MemoryAuditSeals } from '../../adapters/memory/audit/memory-audit-seals.js';
import { MemoryAuditTrail } from '../../adapters/memory/audit/memory-audit-trail.js';
import { MemoryRateLimitStore } from '../../adapters/memory/limits/memory-rate-limit-store.js';
import { MemoryClosedConnections } from '../../adapters/memory/live/memory-closed-connections.js';
import { MemoryEventBus } from '../../adapters/memory/live/memory-event-bus.js';
import { ManualClock } from '../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../adapters/memory/manual-scheduler.js';
import { MemoryDatabase } from '../../adapters/memory/memory-database.js';
import { MemoryStores } from '../../adapters/memory/memory-stores.js';
import { MemoryUnitOfWork } from '../../adapters/memory/memory-unit-of-work.js';
import { MemoryExistingSchema } from '../../adapters/memory/operations/memory-existing-schema.js';
import { MemoryLogger } from '../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../adapters/memory/operations/memory-metrics.js';
import { MemoryPasswordBlocklist } from '../../adapters/memory/passwords/memory-password-blocklist.js';
import { MemoryPasswordHasher } from '../../adapters/memory/passwords/memory-password-hasher.js';
import { SeededRandom } from '../../adapters/memory/seeded-random.js';
import { MemoryRevocationFeed } from '../../adapters/memory/sessions/memory-revocation-feed.js';
import { MemorySessionLock } from '../../adapters/memory/sessions/memory-session-lock.js';
import { MemoryTicketStore } from '../../adapters/memory/sessions/memory-ticket-store.js';
import { deriveKey } from '../../adapters/node-crypto/derive-key.js';
import { HmacKeyedDigest } from '../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacMessageMac } from '../../adapters/node-crypto/hmac-message-mac.js';
import { HmacRefreshTokenCodec } from '../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { NodeDigest } from '../../adapters/node-crypto/node-digest.js';
import type { Instant } from '../../core/domain/instant.js';
import { RevokedSessions } from '../../core/domain/sessions/revoked-sessions.js';
import type { SessionPolicy } from '../../core/domain/sessions/session.js';
import type { Policies, Ports } from '../../core/ports/ports.js';
import { commonPasswords } from './common-passwords.js';
import { LossyUnitOfWork } from './lossy-unit-of-work.js';

/** Every port in memory, with a clock that a test moves. A use case takes it unchanged: `new LogIn(world)`. */
export interface World extends Ports {
  readonly clock: ManualClock;
  readonly scheduler: ManualScheduler;
  readonly random: SeededRandom;
  readonly logger: MemoryLogger;
  readonly metrics: MemoryMetrics;
  /** For the writes of other applications to the existing tables; `auditEvents` is the audit log. */
  readonly database: MemoryDatabase;
  readonly unitOfWork: LossyUnitOfWork;
}

/** The options of a world; policies default to those of the product. */
export interface WorldOptions extends Partial<Policies> {
  /** Ids and tokens are the same for the same seed. */
  readonly seed?: number;
  /** When it begins; default 2026-01-31T12:00:00Z. */
  readonly now?: Instant;
}

const secret = 'a secret of the tests, and of nothing else';

const sessionPolicy: SessionPolicy = {
  accessTtlSeconds: 900,
  refreshTtlSeconds: 86_400,
  sessionMaxSeconds: 90 * 86_400,
  replaySeconds: 'unused',
  endMaxAgeSeconds: 0,
};

/** Creates an empty world that shares nothing with any other. */
export function makeWorld({ seed = 7, now, ...policies }: WorldOptions = {}): World {
  const clock = now === undefined ? new ManualClock() : new ManualClock({ now });
  const scheduler = new ManualScheduler();
  const logger = new MemoryLogger();
  const random = new SeededRandom({ seed });
  const database = new MemoryDatabase();
  return {
    ...new MemoryStores({ database }),
    sessionPolicy,
    passwordPolicy: { minLength: 8, productName: 'Move Acces' },
    rateRules: {
      login: { name: 'login', limit: 5, windowSeconds: 60 },
      register: { name: 'register', limit: 100, windowSeconds: 300 },
      api: { name: 'api', limit: 100, windowSeconds: 300 },
      account: { name: 'account', limit: 10, windowSeconds: 900, pausesFrom: 5 },
    },
    ...policies,
    unitOfWork: new LossyUnitOfWork({ unitOfWork: new MemoryUnitOfWork({ database }) }),
    auditTrail: new MemoryAuditTrail({ space: database }),
    auditSeals: new MemoryAuditSeals({ space: database }),
    existingSchema: new MemoryExistingSchema({ space: database }),
    digest: new NodeDigest(),
    tracer: null,
    sessionLock: new MemorySessionLock({ database }),
    tokens: new JoseTokenIssuer({
      keys: { current: deriveKey({ secret, purpose: 'access-token' }), previous: [] },
      maxLifetimeSeconds: (policies.sessionPolicy ?? sessionPolicy).accessTtlSeconds,
    }),
    refreshTokens: new HmacRefreshTokenCodec({ current: secret, previous: [] }),
    keyedDigest: new HmacKeyedDigest({ secret }),
    messageMac: new HmacMessageMac({ current: secret, previous: [] }),
    hasher: new MemoryPasswordHasher({ random }),
    passwordBlocklist: new MemoryPasswordBlocklist({ passwords: commonPasswords }),
    rateLimits: new MemoryRateLimitStore({ clock }),
    eventBus: new MemoryEventBus({ clock, random }),
    eventEncoder: new JsonEventEncoder(),
    tickets: new MemoryTicketStore({ clock }),
    closedConnections: new MemoryClosedConnections({ clock }),
    revocationFeed: new MemoryRevocationFeed({ scheduler, logger }),
    revokedSessions: new RevokedSessions(),
    probes: [],
    ...{ clock, scheduler, random, logger, metrics: new MemoryMetrics(), database },
  };
}
