import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { MemoryEventBus } from '../../../adapters/memory/memory-event-bus.js';
import { MemoryLogger } from '../../../adapters/memory/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/memory-metrics.js';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { deriveKey } from '../../../adapters/node-crypto/derive-key.js';
import { NodeRandom } from '../../../adapters/node-crypto/node-random.js';
import { RevokedSessions } from '../../../core/domain/revoked-sessions.js';
import type { SessionPolicy } from '../../../core/domain/session.js';
import type { Clock } from '../../../core/ports/clock.js';
import type { RefreshTokenCodec } from '../../../core/ports/refresh-token-codec.js';
import type { RefreshSessionPorts } from '../../../core/usecases/refresh-session.js';
import { testSecret } from './stage.js';

/** A real database under a clock that a test moves: what `RefreshSession` needs in a process of its own. */
export function bareRefreshPorts(given: {
  readonly database: Database;
  readonly clock: Clock;
  readonly codec: RefreshTokenCodec;
  readonly policy: SessionPolicy;
}): RefreshSessionPorts {
  return {
    unitOfWork: given.database.unitOfWork,
    users: given.database.stores.users,
    sessions: given.database.stores.sessions,
    audit: given.database.stores.audit,
    clock: given.clock,
    refreshTokens: given.codec,
    sessionPolicy: given.policy,
    tokens: new JoseTokenIssuer({
      keys: { current: deriveKey({ secret: testSecret, purpose: 'access-token' }), previous: [] },
      maxLifetimeSeconds: given.policy.accessTtlSeconds,
    }),
    random: new NodeRandom(),
    metrics: new MemoryMetrics(),
    revokedSessions: new RevokedSessions(),
    eventBus: new MemoryEventBus({ clock: given.clock, random: new NodeRandom() }),
    logger: new MemoryLogger(),
    revocationFeed: { announce: async () => {}, follow: async () => ({ stop: async () => {} }) },
  };
}
