import { readFileSync } from 'node:fs';
import type { DatabaseTarget } from '../../adapters/mikro-orm/database-target.js';
import type { RedisTarget } from '../../adapters/redis/redis-target.js';
import type { Config } from '../config/config.js';
import type { TlsOptions } from '../config/tls-options.js';

/** The configuration's words for where data is, in the adapters' words: secrets in clear, certificates read. */
export function databaseTarget({ database }: Config): DatabaseTarget {
  if (database.kind === 'sqlite') return database;
  const tls = database.tls && { ...certificates(database.tls), verifyIdentity: database.tls.verify === 'identity' };
  return { ...database, password: database.password.reveal(), tls };
}

export function redisTarget(redis: NonNullable<Config['redis']>): RedisTarget {
  const tls = redis.tls && { ...certificates(redis.tls), ...(redis.tls.verify === 'chain' && { checkServerIdentity: () => undefined }) };
  return { ...redis, password: redis.password?.reveal() ?? null, tls };
}

function certificates({ verify, caFile, certFile, keyFile }: TlsOptions) {
  return {
    rejectUnauthorized: verify !== 'none',
    ...(caFile !== null && { ca: readFileSync(caFile, 'utf8') }),
    ...(certFile !== null && { cert: readFileSync(certFile, 'utf8') }),
    ...(keyFile !== null && { key: readFileSync(keyFile, 'utf8') }),
  };
}
