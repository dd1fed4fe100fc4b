import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisRateLimitStore } from '../../../../adapters/redis/limits/redis-rate-limit-store.js';
import { RedisProbe } from '../../../../adapters/redis/operations/redis-probe.js';
import type { RateRule } from '../../../../core/domain/limits/rate-rule.js';
import { connectTo, duration } from '../../../contracts/support/redis-hands.js';
import { until } from '../../../kit/contracts/live/event-bus.contract.js';
import { rejection } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { redisOfEachTest } from '../support/redis-of-each-test.js';

describe('redis', () => {
  const rule: RateRule = { name: 'login', limit: 3, windowSeconds: 60 };
  const redis = redisOfEachTest();

  describe('as a dependency', () => {
    itInTime('is reported, and is not essential', async () => {
      const probe = new RedisProbe(redis.own);
      expect(probe).to.include({ name: 'redis', isEssential: false });
      await probe.check();
      await redis.server.kill();
      expect(await duration(() => probe.check())).to.be.lessThan(500);
      expect(await rejection(probe.check())).to.be.instanceOf(Error);
      // A write to the dead server may fail shortly before the client notices that the connection is closed.
      expect(await duration(() => until(() => probe.isKnownDown()))).to.be.lessThan(500);
      await redis.server.start();
      await redis.own.redis.ready({ patienceMs: 3000 });
      expect(probe.isKnownDown()).to.equal(false);
      await probe.check();
    });

    it('logs once that it became unavailable, and once that it came back', async () => {
      await redis.server.kill();
      await delay(700);
      await redis.server.start();
      await redis.own.redis.ready({ patienceMs: 3000 });
      expect(redis.own.logger.entries.map((entry) => entry.message)).to.deep.equal([
        'redis is reachable',
        'redis is not reachable',
        'redis is reachable',
      ]);
    });

    itInTime('does not prevent the service from starting', async () => {
      await redis.server.kill();
      const started = performance.now();
      await using late = await connectTo(redis.server);
      expect(performance.now() - started).to.be.lessThan(2500);
      expect(await rejection(new RedisRateLimitStore(late).take(rule, 'someone'))).to.include({ code: 'dependency_unavailable' });
      await redis.server.start();
      await late.redis.ready({ patienceMs: 3000 });
      expect((await new RedisRateLimitStore(late).take(rule, randomUUID())).isAllowed).to.equal(true);
    });
  });
});
