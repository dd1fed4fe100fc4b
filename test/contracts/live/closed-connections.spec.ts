import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import { RedisClosedConnections } from '../../../adapters/redis/live/redis-closed-connections.js';
import { closedConnectionsContract } from '../../kit/contracts/live/closed-connections.contract.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

closedConnectionsContract('memory', memoryHarnesses.closedConnections);

closedConnectionsContract('in Redis', async () => {
  const logger = new MemoryLogger();
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
