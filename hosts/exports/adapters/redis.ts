/** Limits, events, tickets and revocations, shared between processes. */
import '../../config/require-node.js';

export * from '../../../adapters/redis/connect-redis.js';
export * from '../../../adapters/redis/limits/redis-rate-limit-store.js';
export * from '../../../adapters/redis/live/redis-closed-connections.js';
export * from '../../../adapters/redis/live/redis-event-bus.js';
export * from '../../../adapters/redis/message-guard.js';
export * from '../../../adapters/redis/operations/eviction-policy.js';
export * from '../../../adapters/redis/operations/eviction-watch.js';
export * from '../../../adapters/redis/operations/redis-probe.js';
export * from '../../../adapters/redis/redis-connection.js';
export * from '../../../adapters/redis/redis-target.js';
export * from '../../../adapters/redis/sessions/redis-revocation-feed.js';
export * from '../../../adapters/redis/sessions/redis-ticket-store.js';
