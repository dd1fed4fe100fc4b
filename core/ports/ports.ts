import type { RateRules } from '../domain/limits/rate-rule.js';
import type { PasswordPolicy } from '../domain/passwords/password-policy.js';
import type { RevokedSessions } from '../domain/sessions/revoked-sessions.js';
import type { SessionPolicy } from '../domain/sessions/session.js';
import type { AuditSeals } from './audit/audit-seals.js';
import type { AuditTrail } from './audit/audit-trail.js';
import type { Clock } from './clock.js';
import type { Digest } from './digest.js';
import type { KeyedDigest } from './keyed-digest.js';
import type { RateLimitStore } from './limits/rate-limit-store.js';
import type { ClosedConnections } from './live/closed-connections.js';
import type { EventBus } from './live/event-bus.js';
import type { EventEncoder } from './live/event-encoder.js';
import type { LiveMetrics } from './live/live-metrics.js';
import type { MessageMac } from './message-mac.js';
import type { ExistingSchema } from './operations/existing-schema.js';
import type { HealthProbe } from './operations/health-probe.js';
import type { Logger } from './operations/logger.js';
import type { Metrics } from './operations/metrics.js';
import type { Tracer } from './operations/tracer.js';
import type { PasswordBlocklist } from './passwords/password-blocklist.js';
import type { PasswordHasher } from './passwords/password-hasher.js';
import type { Random } from './random.js';
import type { Scheduler } from './scheduler.js';
import type { RefreshTokenCodec } from './sessions/refresh-token-codec.js';
import type { RevocationFeed } from './sessions/revocation-feed.js';
import type { SessionLock } from './sessions/session-lock.js';
import type { TicketStore } from './sessions/ticket-store.js';
import type { TokenIssuer } from './sessions/token-issuer.js';
import type { Stores, UnitOfWork } from './unit-of-work.js';

/** The rules that a deployment configures. They are values, not ports, but are passed by name in the same record. */
export interface Policies {
  readonly sessionPolicy: SessionPolicy;
  readonly passwordPolicy: PasswordPolicy;
  readonly rateRules: RateRules;
}

/** Everything that a use case may depend on, by name. Each use case takes a `Pick` of it. */
export interface Ports extends Stores, Policies {
  readonly unitOfWork: UnitOfWork;
  readonly auditTrail: AuditTrail;
  readonly auditSeals: AuditSeals;
  readonly sessionLock: SessionLock;
  readonly existingSchema: ExistingSchema;
  readonly tokens: TokenIssuer;
  readonly tickets: TicketStore;
  readonly refreshTokens: RefreshTokenCodec;
  readonly hasher: PasswordHasher;
  readonly passwordBlocklist: PasswordBlocklist;
  readonly rateLimits: RateLimitStore;
  readonly revocationFeed: RevocationFeed;
  readonly eventBus: EventBus;
  readonly eventEncoder: EventEncoder;
  readonly closedConnections: ClosedConnections;
  /** This process's view of the sessions that ended recently. */
  readonly revokedSessions: RevokedSessions;
  readonly digest: Digest;
  readonly keyedDigest: KeyedDigest;
  readonly messageMac: MessageMac;
  readonly clock: Clock;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly logger: Logger;
  readonly metrics: Metrics & LiveMetrics;
  /** Null while tracing is off. */
  readonly tracer: Tracer | null;
  readonly probes: readonly HealthProbe[];
}
