import { connectTo, type RedisHands } from '../../../contracts/support/redis-hands.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

export interface RedisOfEachTest {
  readonly server: Awaited<ReturnType<typeof sharedRedisServer>>;
  readonly own: RedisHands;
  /** A connection of another process. */
  readonly other: RedisHands;
}

/** Two connections to Redis for each test of the suite. A server that a test has frozen or stopped serves again after it. */
export function redisOfEachTest(): RedisOfEachTest {
  let server: RedisOfEachTest['server'];
  let own: RedisHands;
  let other: RedisHands;

  before(async () => {
    server = await sharedRedisServer();
  });
  beforeEach(async () => {
    own = await connectTo(server);
    other = await connectTo(server);
  });
  afterEach(async () => {
    await Promise.all([own, other].map((hands) => hands[Symbol.asyncDispose]()));
    server.thaw();
    if (server.state === 'stopped') await server.start();
  });

  return {
    get server() {
      return server;
    },
    get own() {
      return own;
    },
    get other() {
      return other;
    },
  };
}
