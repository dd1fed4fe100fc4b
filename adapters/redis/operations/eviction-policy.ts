import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from '../redis-client.js';

/** The policy under which a server deletes nothing that has not ended. */
const harmless = 'noeviction';

/** What a server does when its memory is full; one that deletes keys where a cluster has any. Null where no server shows it. */
export async function readEvictionPolicy(client: RedisClient): Promise<string | null> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  const policies = await Promise.all(servers.map(policyOf));
  return policies.find(isEvicting) ?? policies.find((policy) => policy !== null) ?? null;
}

export const isEvicting = (policy: string | null): boolean => policy !== null && policy !== harmless;

/** `INFO` is what the documented account may run, and what managed servers allow; `CONFIG` is the rest. */
async function policyOf(server: Redis): Promise<string | null> {
  const text = await server.info('memory').catch(() => '');
  const [, shown] = /^maxmemory_policy:([a-z-]{1,40})\s*$/m.exec(text) ?? [];
  return shown ?? (await configuredPolicy(server));
}

async function configuredPolicy(server: Redis): Promise<string | null> {
  const reply: unknown = await server.config('GET', 'maxmemory-policy').catch(() => null);
  const policy: unknown = Array.isArray(reply) ? reply[1] : null;
  return typeof policy === 'string' && /^[a-z-]{1,40}$/.test(policy) ? policy : null;
}
