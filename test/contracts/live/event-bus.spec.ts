import { setTimeout as delay } from 'node:timers/promises';
import { eventBusContract } from '../../kit/contracts/live/event-bus.contract.js';
import { realTimeRunner } from '../../support/it-in-time.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { openRedisEventBus } from '../support/open-redis-event-bus.js';

eventBusContract('memory', memoryHarnesses.eventBus);

eventBusContract(
  'by Redis',
  async (history) => {
    const server = await sharedRedisServer();
    const [here, there] = await Promise.all([openRedisEventBus(server, history), openRedisEventBus(server, history)]);
    await server.flushAll();
    return {
      buses: [here.bus, there.bus],
      letPass: (ms) => delay(ms),
      loseAll: async () => {
        await server.kill();
        await server.start();
      },
      dispose: async () => {
        await here[Symbol.asyncDispose]();
        await there[Symbol.asyncDispose]();
      },
    };
  },
  realTimeRunner(),
);
