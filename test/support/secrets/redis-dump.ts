import { Redis } from 'ioredis';

/** Returns every key with its content, as one text. */
export async function redisDump(url: string): Promise<string> {
  const redis = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0, connectTimeout: 2000, commandTimeout: 5000 });
  redis.on('error', () => {}); // the command rejects with it
  try {
    const parts: unknown[] = [];
    for (const key of await redis.keys('*')) parts.push(key, await contentOf(redis, key));
    return JSON.stringify(parts);
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return await redis.hgetall(key);
    case 'list':
      return await redis.lrange(key, 0, -1);
    case 'set':
      return await redis.smembers(key);
    case 'zset':
      return await redis.zrange(key, '0', '-1', 'WITHSCORES');
    case 'stream':
      return await redis.xrange(key, '-', '+');
    default:
      return await redis.get(key);
  }
}
