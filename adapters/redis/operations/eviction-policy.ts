import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from '../redis-client.js';

/** The policy with which a server deletes only expired keys. */
const harmless = 'noeviction';

/**
 * Returns the policy for full memory. In a cluster it returns a policy that evicts keys where any server has one. Null where no server
 * shows its policy.
 */
export async function readEvictionPolicy(client: RedisClient): Promise<string | null> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  const policies = await Promise.all(servers.map(policyOf));
  return policies.find(isEvicting) ?? policies.find((policy) => policy !== null) ?? null;
}

export const isEvicting = (policy: string | null): boolean => policy !== null && policy !== harmless;

/** Uses `INFO` where possible, because the documented Redis user may run it and managed servers allow it; otherwise `CONFIG`. */
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
