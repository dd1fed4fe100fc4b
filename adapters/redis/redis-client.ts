import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from './redis-target.js';

export type RedisClient = Redis | Cluster;

/** The timeouts of a client, all in milliseconds. */
export interface RedisTimeouts {
  readonly commandTimeout: number;
}

/**
 * A client that fails instead of blocking: at once while there is no connection, after `commandTimeout` while Redis does not respond. It
 * reconnects by itself, at least once a second.
 */
export function redisClient(target: RedisTarget, { commandTimeout }: RedisTimeouts): RedisClient {
  const options = { ...access(target), ...failFast, commandTimeout };
  switch (target.kind) {
    case 'single':
      return new Redis({ ...options, host: target.host, port: target.port, db: target.db ?? 0, enableOfflineQueue: false, retryStrategy });
    case 'sentinel':
      return new Redis({
        ...options,
        sentinels: [...target.nodes],
        name: target.masterName,
        db: target.db ?? 0,
        enableOfflineQueue: false,
        retryStrategy,
        sentinelRetryStrategy: retryStrategy,
        // a demoted master returns READONLY: reconnecting queries the sentinels again
        reconnectOnError: (error) => error.message.startsWith('READONLY'),
      });
    case 'cluster':
      return new Cluster([...target.nodes], {
        redisOptions: options,
        enableOfflineQueue: false,
        clusterRetryStrategy: retryStrategy,
        slotsRefreshTimeout: 1000,
        // retry a command for a quarter of a second, instead of the default of sixteen times a tenth
        maxRedirections: 4,
        retryDelayOnFailover: 50,
        retryDelayOnClusterDown: 50,
      });
  }
}

const failFast = {
  maxRetriesPerRequest: 1,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 1000,
  // timeout for a peer that vanished without closing the connection; TCP detects that much later
  socketTimeout: 3000,
} satisfies RedisOptions;

const retryStrategy = (attempts: number): number => Math.min(50 * attempts, 1000);

function access({ kind, username, password, tls }: RedisTarget): RedisOptions {
  return {
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(tls ? { tls, ...(kind === 'sentinel' ? { enableTLSForSentinelMode: true, sentinelTLS: tls } : {}) } : {}),
  };
}
