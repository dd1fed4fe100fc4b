import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { FallbackRateLimitStore } from '../../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
import { MemoryRateLimitStore } from '../../../adapters/memory/limits/memory-rate-limit-store.js';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { RedisRateLimitStore } from '../../../adapters/redis/limits/redis-rate-limit-store.js';
import { SystemClock } from '../../../adapters/system/system-clock.js';
import type { RateRule } from '../../../core/domain/limits/rate-rule.js';
import type { RateLimitStore } from '../../../core/ports/limits/rate-limit-store.js';
import { openFallbackRateLimits } from '../../contracts/support/fallback-rate-limits.js';
import { connectTo } from '../../contracts/support/redis-hands.js';
import { atOnce } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { startRedisServer } from '../../support/servers/redis-server.js';

describe('fallback-rate-limit', () => {
  const rule: RateRule = { name: 'login', limit: 3, windowSeconds: 60 };

  const open = () => {
    const opened = openFallbackRateLimits();
    const allowed = async (count: number) => {
      let sum = 0;
      for (let index = 0; index < count; index += 1) sum += (await opened.store.take(rule, 'someone')).isAllowed ? 1 : 0;
      return sum;
    };
    return { ...opened, allowed };
  };

  it('keeps the limit when the shared store fails', async () => {
    const { primary, allowed } = open();
    expect(await allowed(2)).to.equal(2);
    primary.isBroken = true;
    expect(await allowed(10)).to.equal(1);
  });

  it('keeps the limit when the shared store comes back without data', async () => {
    const { primary, allowed, clock } = open();
    primary.isBroken = true;
    expect(await allowed(10)).to.equal(3);
    primary.isBroken = false;
    clock.advance(1000);
    expect(await allowed(10)).to.equal(0);
    clock.advance(60_000);
    expect(await allowed(10)).to.equal(3);
  });

  it('believes the shared store alone while it works, also when that was emptied', async () => {
    const clock = new ManualClock();
    const stores = [new MemoryRateLimitStore({ clock }), new MemoryRateLimitStore({ clock })];
    let shared = stores[0];
    const primary: RateLimitStore = {
      take: async (each, subject) => (shared ?? new MemoryRateLimitStore({ clock })).take(each, subject),
      giveBack: async () => {},
    };
    const store = new FallbackRateLimitStore({
      primary,
      substitute: new MemoryRateLimitStore({ clock }),
      clock,
      logger: new MemoryLogger(),
      metrics: new MemoryMetrics(),
    });
    for (let index = 0; index < 4; index += 1) await store.take(rule, 'someone');
    shared = stores[1];
    expect((await store.take(rule, 'someone')).isAllowed).to.equal(true);
  });

  it('keeps the limit in this process while the shared store may have forgotten, as far back as the window goes', async () => {
    const clock = new ManualClock();
    let primary = new MemoryRateLimitStore({ clock });
    let forgottenMsAgo = Number.POSITIVE_INFINITY;
    const store = new FallbackRateLimitStore({
      primary: {
        take: (each, subject) => primary.take(each, subject),
        giveBack: (each, subject) => primary.giveBack(each, subject),
      },
      substitute: new MemoryRateLimitStore({ clock }),
      clock,
      logger: new MemoryLogger(),
      metrics: new MemoryMetrics(),
      mayHaveForgotten: (ms) => forgottenMsAgo <= ms,
    });
    const isAllowed = async () => (await store.take(rule, 'someone')).isAllowed;
    for (let index = 0; index < 3; index += 1) expect(await isAllowed()).to.equal(true);
    primary = new MemoryRateLimitStore({ clock });
    forgottenMsAgo = 60_000;
    expect(await isAllowed()).to.equal(false);
    forgottenMsAgo = 60_001;
    expect(await isAllowed(), 'what counted then is over').to.equal(true);
  });

  it('does not count requests that the shared store refused', async () => {
    const { primary, allowed } = open();
    for (let index = 0; index < 3; index += 1) await primary.take(rule, 'someone');
    expect(await allowed(10)).to.equal(0);
    primary.isBroken = true;
    expect(await allowed(10)).to.equal(3);
  });

  it('does not call a store that failed, except for one request a second', async () => {
    const { primary, store, clock } = open();
    primary.isBroken = true;
    await atOnce(50, (index) => store.take(rule, `subject-${index}`));
    const first = primary.calls;
    await atOnce(50, (index) => store.take(rule, `subject-${index}`));
    expect(primary.calls).to.equal(first);
    clock.advance(1000);
    await atOnce(50, (index) => store.take(rule, `subject-${index}`));
    expect(primary.calls).to.equal(first + 1);
  });

  it('uses the shared store again a second after it works', async () => {
    const { primary, store, clock, metrics } = open();
    primary.isBroken = true;
    await store.take(rule, 'someone');
    primary.isBroken = false;
    clock.advance(1000);
    await store.take(rule, 'someone');
    const { calls } = primary;
    await store.take(rule, 'someone');
    expect(primary.calls).to.equal(calls + 1);
    expect(metrics.value('move_acces_rate_limit_degraded')).to.equal(0);
  });

  it('logs once when limits are kept by this process, and once when they are shared again', async () => {
    const { primary, store, clock, metrics, logger } = open();
    primary.isBroken = true;
    await atOnce(20, () => store.take(rule, 'someone'));
    expect(metrics.value('move_acces_rate_limit_degraded')).to.equal(1);
    for (let index = 0; index < 5; index += 1) {
      clock.advance(1000);
      await store.take(rule, 'someone');
    }
    primary.isBroken = false;
    clock.advance(1000);
    await store.take(rule, 'someone');
    expect(logger.entries.map((entry) => [entry.level, entry.message])).to.deep.equal([
      ['warn', 'rate limits are kept by this process alone'],
      ['info', 'rate limits are shared again'],
    ]);
  });

  it('gives back here and there', async () => {
    const { primary, store, allowed } = open();
    await allowed(3);
    await store.giveBack(rule, 'someone');
    expect(await allowed(2)).to.equal(1);
    primary.isBroken = true;
    await store.giveBack(rule, 'someone');
    expect(await allowed(2)).to.equal(1);
  });

  itInTime('allows no more requests than the limit while Redis freezes, thaws, stops and comes back empty', async () => {
    await using server = await startRedisServer();
    await using hands = await connectTo(server);
    const clock = new SystemClock();
    const metrics = new MemoryMetrics();
    const primary = new RedisRateLimitStore(hands);
    const store = new FallbackRateLimitStore({
      primary,
      substitute: new MemoryRateLimitStore({ clock }),
      clock,
      logger: new MemoryLogger(),
      metrics,
    });
    let sum = 0;
    const wide: RateRule = { name: 'api', limit: 50, windowSeconds: 60 };
    const request = async () => {
      if ((await store.take(wide, 'someone')).isAllowed) sum += 1;
    };
    await atOnce(20, request);
    server.freeze();
    const startedAt = performance.now();
    await atOnce(20, request);
    expect(performance.now() - startedAt).to.be.lessThan(500);
    expect(metrics.value('move_acces_rate_limit_degraded')).to.equal(1);
    server.thaw();
    await delay(1100);
    await request();
    expect(metrics.value('move_acces_rate_limit_degraded')).to.equal(0);
    await server.kill();
    await atOnce(5, request);
    await server.start();
    const deadline = performance.now() + 5000;
    while (metrics.value('move_acces_rate_limit_degraded') === 1 && performance.now() < deadline) {
      await delay(100);
      await request();
    }
    expect(metrics.value('move_acces_rate_limit_degraded')).to.equal(0);
    await atOnce(100, request);
    expect(sum).to.equal(50);
  });
});
