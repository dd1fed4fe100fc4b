/** Limits, events, tickets and news of revocations, between processes. */
import '../../config/require-node.js';

export * from '../../../adapters/redis/connect-redis.js';
export * from '../../../adapters/redis/eviction-policy.js';
export * from '../../../adapters/redis/eviction-watch.js';
export * from '../../../adapters/redis/message-guard.js';
export * from '../../../adapters/redis/redis-closed-connections.js';
export * from '../../../adapters/redis/redis-connection.js';
export * from '../../../adapters/redis/redis-event-bus.js';
export * from '../../../adapters/redis/redis-probe.js';
export * from '../../../adapters/redis/redis-rate-limit-store.js';
export * from '../../../adapters/redis/redis-revocation-feed.js';
export * from '../../../adapters/redis/redis-target.js';
export * from '../../../adapters/redis/redis-ticket-store.js';
