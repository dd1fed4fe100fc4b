/** Every port in memory, the whole contract kept. */
import '../../config/require-node.js';

export * from '../../../adapters/memory/manual-clock.js';
export * from '../../../adapters/memory/manual-scheduler.js';
export * from '../../../adapters/memory/memory-audit-log.js';
export * from '../../../adapters/memory/memory-audit-seals.js';
export * from '../../../adapters/memory/memory-audit-sink.js';
export * from '../../../adapters/memory/memory-audit-trail.js';
export * from '../../../adapters/memory/memory-closed-connections.js';
export * from '../../../adapters/memory/memory-credential-store.js';
export * from '../../../adapters/memory/memory-database.js';
export * from '../../../adapters/memory/memory-demo-accounts.js';
export * from '../../../adapters/memory/memory-event-bus.js';
export * from '../../../adapters/memory/memory-existing-schema.js';
export * from '../../../adapters/memory/memory-logger.js';
export * from '../../../adapters/memory/memory-metrics.js';
export * from '../../../adapters/memory/memory-password-blocklist.js';
export * from '../../../adapters/memory/memory-password-hasher.js';
export * from '../../../adapters/memory/memory-rate-limit-store.js';
export * from '../../../adapters/memory/memory-revocation-feed.js';
export * from '../../../adapters/memory/memory-session-gate.js';
export * from '../../../adapters/memory/memory-session-store.js';
export * from '../../../adapters/memory/memory-stores.js';
export * from '../../../adapters/memory/memory-subscription-reader.js';
export * from '../../../adapters/memory/memory-ticket-store.js';
export * from '../../../adapters/memory/memory-unit-of-work.js';
export * from '../../../adapters/memory/memory-user-repository.js';
export * from '../../../adapters/memory/seeded-random.js';
