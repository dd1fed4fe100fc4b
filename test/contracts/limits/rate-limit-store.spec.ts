import { setTimeout as delay } from 'node:timers/promises';
import { RedisRateLimitStore } from '../../../adapters/redis/limits/redis-rate-limit-store.js';
import { rateLimitStoreContract } from '../../kit/contracts/limits/rate-limit-store.contract.js';
import { realTimeRunner } from '../../support/it-in-time.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { openFallbackRateLimits } from '../support/fallback-rate-limits.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { connectTo, type RedisHands } from '../support/redis-hands.js';

describe('The store of rate limits', () => {
  rateLimitStoreContract('memory', memoryHarnesses.rateLimitStore);

  describe('in Redis', () => {
    let hands: RedisHands;
    beforeEach(async () => {
      hands = await connectTo(await sharedRedisServer());
    });
    afterEach(() => hands[Symbol.asyncDispose]());

    rateLimitStoreContract('redis', async () => ({ store: new RedisRateLimitStore(hands), pass: (ms) => delay(ms) }), realTimeRunner());
  });

  rateLimitStoreContract('fallback-rate-limit', async () => {
    const { store, clock } = openFallbackRateLimits();
    return { store, pass: async (ms) => clock.advance(ms) };
  });
  rateLimitStoreContract('fallback-rate-limit without its primary', async () => {
    const { store, clock, primary } = openFallbackRateLimits();
    primary.isBroken = true;
    return { store, pass: async (ms) => clock.advance(ms) };
  });
});
