import { formatHostPort, type HostPort, parseHostPort } from './host-port.js';
import { Secret } from './secret.js';
import { textSchema, WrongValue } from './text-schema.js';
import { type TlsOptions, tlsOptions } from './tls-options.js';
import { splitUrl, type UrlParts } from './url-parts.js';

interface RedisAccess {
  readonly username: string | null;
  readonly password: Secret | null;
  readonly tls: TlsOptions | null;
}

/** One server, a cluster, or a master that sentinels know. `db` is the number of the logical database. */
export type RedisConfig =
  | ({ readonly kind: 'single'; readonly host: string; readonly port: number; readonly db: number } & RedisAccess)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly HostPort[] } & RedisAccess)
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly HostPort[];
      readonly masterName: string;
      readonly db: number;
    } & RedisAccess);

const WANTED =
  'wants redis://host:6379/0, rediss://…, redis-cluster://h1:p1,h2:p2 or redis-sentinel://h1:p1,h2:p2/master-name, ' +
  'with @ : / % of user and password percent-encoded';

/**
 * `REDIS_URL`. `rediss`, also before `-cluster` and `-sentinel`, is TLS. Settings of redis-py in the query are ignored, except `db` and
 * TLS. Its messages repeat no part of the text, which may contain a password.
 */
export const redisUrl = textSchema((text): RedisConfig => {
  const parts = splitUrl(text);
  const [, secure, shape] = /^redis(s?)(?:-(cluster|sentinel))?$/.exec(parts?.scheme ?? '') ?? [];
  if (parts === null || secure === undefined) throw new WrongValue(WANTED);
  const access = {
    username: parts.user,
    password: parts.password === null || parts.password === '' ? null : new Secret(parts.password),
    tls: tlsOptions({ query: parts.query, isRequired: secure === 's' }),
  };
  const path = (parts.path ?? '').split('/');
  switch (shape) {
    case 'cluster':
      if (databaseNumber(path, parts) !== 0) throw new WrongValue('wants no database number: a cluster has only 0');
      return { kind: 'cluster', nodes: nodesOf(parts, 6379), ...access };
    case 'sentinel': {
      const masterName = path.shift() ?? '';
      if (masterName === '') throw new WrongValue('wants the master’s name: redis-sentinel://h1:p1,h2:p2/master-name');
      return {
        kind: 'sentinel',
        nodes: nodesOf(parts, 26_379),
        masterName,
        db: databaseNumber(path, parts),
        ...access,
      };
    }
    default: {
      const server = parseHostPort(parts.authority, 6379);
      if (server === null) throw new WrongValue(WANTED);
      return { kind: 'single', ...server, db: databaseNumber(path, parts), ...access };
    }
  }
});

/** The URL for display to an operator: password masked. */
export function showRedis(redis: RedisConfig): string {
  const scheme = `redis${redis.tls === null ? '' : 's'}${redis.kind === 'single' ? '' : `-${redis.kind}`}`;
  const account = redis.password === null ? '' : `${redis.username ?? ''}:${redis.password}@`;
  const nodes = redis.kind === 'single' ? formatHostPort(redis) : redis.nodes.map(formatHostPort).join(',');
  const path = redis.kind === 'cluster' ? '' : redis.kind === 'single' ? `/${redis.db}` : `/${redis.masterName}/${redis.db}`;
  return `${scheme}://${account}${nodes}${path}${redis.tls === null ? '' : `?tls=${redis.tls.verify}`}`;
}

function nodesOf(parts: UrlParts, defaultPort: number): readonly HostPort[] {
  return parts.authority.split(',').map((text) => {
    const node = text.trim() === '' ? null : parseHostPort(text.trim(), defaultPort);
    if (node === null) throw new WrongValue(WANTED);
    return node;
  });
}

function databaseNumber(path: readonly string[], parts: UrlParts): number {
  const text = path.join('/') || (parts.query.get('db') ?? '0');
  if (!/^\d{1,5}$/.test(text)) throw new WrongValue('wants a whole number as its Redis database');
  return Number(text);
}
