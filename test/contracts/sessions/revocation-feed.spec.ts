import { RedisRevocationFeed } from '../../../adapters/redis/sessions/redis-revocation-feed.js';
import { revocationFeedContract } from '../../kit/contracts/sessions/revocation-feed.contract.js';
import { realTimeRunner } from '../../support/it-in-time.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { connectTo } from '../support/redis-hands.js';

describe('The feed of revocations', () => {
  revocationFeedContract('memory', memoryHarnesses.revocationFeed);

  revocationFeedContract(
    'redis',
    async () => {
      const server = await sharedRedisServer();
      const [own, other] = await Promise.all([connectTo(server), connectTo(server)]);
      return {
        feed: new RedisRevocationFeed(own),
        other: new RedisRevocationFeed(other),
        dispose: async () => {
          await Promise.all([own, other].map((hands) => hands[Symbol.asyncDispose]()));
        },
      };
    },
    realTimeRunner(),
  );
});
