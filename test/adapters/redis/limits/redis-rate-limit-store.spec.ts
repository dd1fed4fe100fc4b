import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisRateLimitStore } from '../../../../adapters/redis/limits/redis-rate-limit-store.js';
import type { RateRule } from '../../../../core/domain/limits/rate-rule.js';
import { duration } from '../../../contracts/support/redis-hands.js';
import { atOnce, rejection } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { redisOfEachTest } from '../support/redis-of-each-test.js';

describe('redis', () => {
  const rule: RateRule = { name: 'login', limit: 3, windowSeconds: 60 };
  const redis = redisOfEachTest();

  describe('as a store of rate limits', () => {
    it('keeps one limit for all processes', async () => {
      const stores = [new RedisRateLimitStore(redis.own), new RedisRateLimitStore(redis.other)];
      const subject = randomUUID();
      const verdicts = await atOnce(40, (index) =>
        (stores[index % 2] ?? new RedisRateLimitStore(redis.own)).take({ ...rule, limit: 7 }, subject),
      );
      expect(verdicts.filter((verdict) => verdict.isAllowed)).to.have.length(7);
      expect(verdicts.filter((verdict) => verdict.isFirstRefusal)).to.have.length(1);
    });

    itInTime('leaves nothing behind once the window is over', async () => {
      const store = new RedisRateLimitStore(redis.own);
      await redis.server.flushAll();
      for (let index = 0; index < 3; index += 1) await store.take({ ...rule, limit: 2, windowSeconds: 1 }, 'someone');
      expect(await redis.own.redis.client.keys('*')).to.have.members(['ma:rl:{login:someone}', 'ma:rl:{login:someone}:refused']);
      await delay(1100);
      expect(await redis.own.redis.client.keys('*')).to.deep.equal([]);
    });

    it('judges, and refuses no subject for longer than a window, where other software wrote its keys', async () => {
      const store = new RedisRateLimitStore(redis.own);
      const { client } = redis.own.redis;
      const inUs = (ms: number) => `${Date.now() + ms}000`;
      const written: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
        'another type': (key) => client.set(key, 'x'),
        'instants that are none': (key) => client.rpush(key, 'x', 'y', 'z'),
        'instants beyond all': (key) => client.rpush(key, '1e308', '1e308', '1e308'),
        'instants to come': (key) => client.rpush(key, ...Array.from({ length: 10 }, () => inUs(86_400_000))),
        'a newest one that is yet to come': (key) => client.rpush(key, inUs(86_400_000), inUs(0), inUs(0), inUs(0)),
        'an oldest one that is yet to come': (key) => client.rpush(key, inUs(0), inUs(0), inUs(0), inUs(86_400_000)),
      };
      for (const [name, write] of Object.entries(written)) {
        const subject = randomUUID();
        await write(`ma:rl:{login:${subject}}`);
        const verdict = await store.take(rule, subject);
        expect(verdict, name).to.include({ isAllowed: true, remaining: 2 });
        expect(await client.pttl(`ma:rl:{login:${subject}}`), name).to.be.within(1, 60_000);
      }
      const subject = randomUUID();
      await client.rpush(`ma:rl:{login:${subject}}`, ...Array.from({ length: 500 }, () => inUs(0)));
      expect((await store.take(rule, subject)).resetSeconds, 'too many genuine ones').to.be.within(1, 61);
    });

    it('continues when the server lost its scripts', async () => {
      const store = new RedisRateLimitStore(redis.own);
      const subject = randomUUID();
      await store.take(rule, subject);
      await redis.own.redis.client.script('FLUSH');
      expect((await store.take(rule, subject)).remaining).to.equal(1);
    });

    itInTime('fails at once when Redis is dead, soon when it is frozen, and works again by itself', async () => {
      const store = new RedisRateLimitStore(redis.own);
      const take = () => store.take(rule, randomUUID());
      redis.server.freeze();
      expect(await duration(take)).to.be.within(200, 400);
      expect(await rejection(take())).to.include({ name: 'AuthError', code: 'dependency_unavailable' });
      redis.server.thaw();
      expect((await take()).isAllowed).to.equal(true);
      await redis.server.kill();
      expect(await duration(take)).to.be.lessThan(200);
      expect(await duration(take)).to.be.lessThan(20);
      expect(await rejection(take())).to.include({ code: 'dependency_unavailable' });
      await redis.server.start();
      await redis.own.redis.ready({ patienceMs: 3000 });
      expect((await take()).isAllowed).to.equal(true);
    });

    itInTime('works again after it was frozen for longer than any timeout', async () => {
      const store = new RedisRateLimitStore(redis.own);
      redis.server.freeze();
      for (let index = 0; index < 16; index += 1) await duration(() => store.take(rule, randomUUID()));
      redis.server.thaw();
      await delay(1500);
      expect((await store.take(rule, randomUUID())).isAllowed).to.equal(true);
    });
  });
});
