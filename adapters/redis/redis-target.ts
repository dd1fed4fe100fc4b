import type { ConnectionOptions } from 'node:tls';

interface RedisAccess {
  readonly username?: string | null;
  readonly password?: string | null;
  /** Null or absent: not encrypted. */
  readonly tls?: ConnectionOptions | null;
}

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** The Redis to connect to: one server, a cluster, or a master that sentinels know. `db` is the number of the logical database. */
export type RedisTarget =
  | ({ readonly kind: 'single'; readonly db?: number } & RedisNode & RedisAccess)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] } & RedisAccess)
  | ({ readonly kind: 'sentinel'; readonly nodes: readonly RedisNode[]; readonly masterName: string; readonly db?: number } & RedisAccess);
