import { setTimeout as delay } from 'node:timers/promises';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import { RedisTicketStore } from '../../../adapters/redis/sessions/redis-ticket-store.js';
import { ticketStoreContract } from '../../kit/contracts/sessions/ticket-store.contract.js';
import { realTimeRunner } from '../../support/it-in-time.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { openGuard } from '../support/open-guard.js';

ticketStoreContract('memory', memoryHarnesses.ticketStore);

ticketStoreContract(
  'in Redis',
  async () => {
    const { host, port } = await sharedRedisServer();
    const target = { kind: 'single', host, port } as const;
    const [here, there] = await Promise.all([
      connectRedis({ target, logger: new MemoryLogger() }),
      connectRedis({ target, logger: new MemoryLogger() }),
    ]);
    await here.client.flushall();
    return {
      stores: [
        new RedisTicketStore({ redis: here, guard: openGuard().guard }),
        new RedisTicketStore({ redis: there, guard: openGuard().guard }),
      ],
      letPass: (ms) => delay(ms),
      dispose: async () => {
        await here[Symbol.asyncDispose]();
        await there[Symbol.asyncDispose]();
      },
    };
  },
  realTimeRunner(),
);
