import { expect } from 'chai';
import { MemoryClosedConnections } from '../../adapters/memory/live/memory-closed-connections.js';
import { ManualClock } from '../../adapters/memory/manual-clock.js';
import { MemoryLogger } from '../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../adapters/redis/connect-redis.js';
import { RedisClosedConnections } from '../../adapters/redis/live/redis-closed-connections.js';
import { sessionIdFrom } from '../../core/domain/ids.js';
import { closedConnectionsContract } from '../kit/contracts/live/closed-connections.contract.js';
import { startRedisServer } from '../support/servers/redis-server.js';
import { sharedRedisServer } from '../support/servers/shared-redis.js';

const session = sessionIdFrom(1, new Uint8Array(10));
const logger = new MemoryLogger();

closedConnectionsContract('in Redis', async () => {
  const { host, port } = await sharedRedisServer();
  const target = { kind: 'single', host, port } as const;
  const [here, there] = await Promise.all([connectRedis({ target, logger }), connectRedis({ target, logger })]);
  await here.client.flushall();
  return {
    counters: [new RedisClosedConnections({ redis: here, logger }), new RedisClosedConnections({ redis: there, logger })],
    dispose: async () => {
      await here[Symbol.asyncDispose]();
      await there[Symbol.asyncDispose]();
    },
  };
});

describe('Counting closed connections', () => {
  it('in memory forgets after a minute', async () => {
    const clock = new ManualClock();
    const counter = new MemoryClosedConnections({ clock });
    await counter.add(session, 2);
    clock.advance(59_000);
    expect(await counter.settledCount([session])).to.equal(2);
    clock.advance(1_000);
    expect(await counter.settledCount([session])).to.equal(0);
  });

  it('in memory counts so many sessions at once, and forgets the one added first for one more', async () => {
    const counter = new MemoryClosedConnections({ clock: new ManualClock() });
    for (let number = 0; number < 20_100; number++) await counter.add(sessionIdFrom(number, new Uint8Array(10)), 1);
    expect(counter.size).to.equal(20_000);
    expect(await counter.settledCount([sessionIdFrom(99, new Uint8Array(10))])).to.equal(0);
    expect(await counter.settledCount([sessionIdFrom(100, new Uint8Array(10))])).to.equal(1);
  });

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

  it('in a dead Redis fails nobody, and knows that it does not know', async () => {
    await using server = await startRedisServer();
    await using redis = await connectRedis({ target: { kind: 'single', host: server.host, port: server.port }, logger });
    const counter = new RedisClosedConnections({ redis, logger });
    await server.kill();
    await counter.add(session, 1);
    expect(await counter.settledCount([session])).to.equal(null);
  });
});
