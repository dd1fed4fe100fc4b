import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisRateLimitStore } from '../../../../adapters/redis/limits/redis-rate-limit-store.js';
import { RedisProbe } from '../../../../adapters/redis/operations/redis-probe.js';
import type { RateRule } from '../../../../core/domain/limits/rate-rule.js';
import { connectTo, duration, type RedisHands } from '../../../contracts/support/redis-hands.js';
import { until } from '../../../kit/contracts/live/event-bus.contract.js';
import { rejection } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

describe('redis', () => {
  const rule: RateRule = { name: 'login', limit: 3, windowSeconds: 60 };
  let server: Awaited<ReturnType<typeof sharedRedisServer>>;
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

  describe('as a dependency', () => {
    itInTime('is reported, and is not essential', async () => {
      const probe = new RedisProbe(own);
      expect(probe).to.include({ name: 'redis', isEssential: false });
      await probe.check();
      await server.kill();
      expect(await duration(() => probe.check())).to.be.lessThan(500);
      expect(await rejection(probe.check())).to.be.instanceOf(Error);
      // A write to the dead server may fail shortly before the client notices that the connection is closed.
      expect(await duration(() => until(() => probe.isKnownDown()))).to.be.lessThan(500);
      await server.start();
      await own.redis.ready({ patienceMs: 3000 });
      expect(probe.isKnownDown()).to.equal(false);
      await probe.check();
    });

    it('logs once that it became unavailable, and once that it came back', async () => {
      await server.kill();
      await delay(700);
      await server.start();
      await own.redis.ready({ patienceMs: 3000 });
      expect(own.logger.entries.map((entry) => entry.message)).to.deep.equal([
        'redis is reachable',
        'redis is not reachable',
        'redis is reachable',
      ]);
    });

    itInTime('does not prevent the service from starting', async () => {
      await server.kill();
      const started = performance.now();
      await using late = await connectTo(server);
      expect(performance.now() - started).to.be.lessThan(2500);
      expect(await rejection(new RedisRateLimitStore(late).take(rule, 'someone'))).to.include({ code: 'dependency_unavailable' });
      await server.start();
      await late.redis.ready({ patienceMs: 3000 });
      expect((await new RedisRateLimitStore(late).take(rule, randomUUID())).isAllowed).to.equal(true);
    });
  });
});
