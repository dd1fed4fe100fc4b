import { expect } from 'chai';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { RedisClosedConnections } from '../../../../adapters/redis/live/redis-closed-connections.js';
import { sessionIdFrom } from '../../../../core/domain/ids.js';
import { startRedisServer } from '../../../support/servers/redis-server.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

const session = sessionIdFrom(1, new Uint8Array(10));
const logger = new MemoryLogger();

describe('Counting closed connections in Redis', () => {
  it('in Redis forgets after a minute', async () => {
    const { host, port } = await sharedRedisServer();
    await using redis = await connectRedis({ target: { kind: 'single', host, port }, logger });
    await redis.client.flushall();
    await new RedisClosedConnections({ redis, logger }).add(session, 2);
    const [key = ''] = await redis.client.keys('*');
    expect(await redis.client.ttl(key)).to.be.within(50, 60);
  });

  it('in a Redis that other software writes takes no text for a number', async () => {
    const { host, port } = await sharedRedisServer();
    await using redis = await connectRedis({ target: { kind: 'single', host, port }, logger });
    const counter = new RedisClosedConnections({ redis, logger });
    for (const text of ['x', 'NaN', '1e308', '-5', '9'.repeat(400)]) {
      await redis.client.set(`ma:closed:${session}`, text);
      expect(await counter.settledCount([session]), text).to.equal(0);
    }
    await redis.client.del(`ma:closed:${session}`);
  });

  it('never fails a caller while Redis is unavailable, and returns null', async () => {
    await using server = await startRedisServer();
    await using redis = await connectRedis({ target: { kind: 'single', host: server.host, port: server.port }, logger });
    const counter = new RedisClosedConnections({ redis, logger });
    await server.kill();
    await counter.add(session, 1);
    expect(await counter.settledCount([session])).to.equal(null);
  });
});
