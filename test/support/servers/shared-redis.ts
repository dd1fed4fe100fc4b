import { startRedisServer } from './redis-server.js';
import { shared } from './shared.js';

/** The process's Redis, started by the first call. */
export const sharedRedisServer = shared(() => startRedisServer());
