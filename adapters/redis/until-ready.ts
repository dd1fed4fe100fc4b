import type { RedisClient } from './redis-client.js';

/** Resolves with whether the client became ready before the timeout. */
export async function untilReady(client: RedisClient, timeoutMs: number): Promise<boolean> {
  if (client.status === 'ready') return true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const isReady = () => resolve(true);
  client.once('ready', isReady);
  const timer = setTimeout(() => resolve(false), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    client.off('ready', isReady);
  }
}
