/** Every port in memory, with its whole contract. */
import '../../config/require-node.js';

export * from '../../../adapters/memory/accounts/memory-credential-store.js';
export * from '../../../adapters/memory/accounts/memory-demo-accounts.js';
export * from '../../../adapters/memory/accounts/memory-user-repository.js';
export * from '../../../adapters/memory/audit/memory-audit-log.js';
export * from '../../../adapters/memory/audit/memory-audit-seals.js';
export * from '../../../adapters/memory/audit/memory-audit-sink.js';
export * from '../../../adapters/memory/audit/memory-audit-trail.js';
export * from '../../../adapters/memory/limits/memory-rate-limit-store.js';
export * from '../../../adapters/memory/live/memory-closed-connections.js';
export * from '../../../adapters/memory/live/memory-event-bus.js';
export * from '../../../adapters/memory/manual-clock.js';
export * from '../../../adapters/memory/manual-scheduler.js';
export * from '../../../adapters/memory/memory-database.js';
export * from '../../../adapters/memory/memory-stores.js';
export * from '../../../adapters/memory/memory-unit-of-work.js';
export * from '../../../adapters/memory/operations/memory-existing-schema.js';
export * from '../../../adapters/memory/operations/memory-logger.js';
export * from '../../../adapters/memory/operations/memory-metrics.js';
export * from '../../../adapters/memory/passwords/memory-password-blocklist.js';
export * from '../../../adapters/memory/passwords/memory-password-hasher.js';
export * from '../../../adapters/memory/seeded-random.js';
export * from '../../../adapters/memory/sessions/memory-revocation-feed.js';
export * from '../../../adapters/memory/sessions/memory-session-lock.js';
export * from '../../../adapters/memory/sessions/memory-session-store.js';
export * from '../../../adapters/memory/sessions/memory-ticket-store.js';
export * from '../../../adapters/memory/subscriptions/memory-subscription-reader.js';
