import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryRateLimitStore } from '../../../../adapters/memory/limits/memory-rate-limit-store.js';
import { ManualClock } from '../../../../adapters/memory/manual-clock.js';
import { type RateRule, withinWindow } from '../../../../core/domain/limits/rate-rule.js';
import { liveHeapGrowth } from '../../../support/live-heap.js';

describe('The store of rate limits in memory', () => {
  it('judges any history of requests as the rule of the domain does', async () => {
    const step = fc.record({ waitMs: fc.nat({ max: 700 }), back: fc.boolean() });
    const rule: RateRule = { name: 'login', limit: 4, windowSeconds: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new ManualClock({ now: 0 });
        const store = new MemoryRateLimitStore({ clock });
        let model: readonly number[] = [];
        for (const { waitMs, back } of steps) {
          clock.advance(waitMs);
          model = withinWindow(model, rule, clock.now());
          const verdict = await store.take(rule, 'someone');
          expect(verdict.isAllowed).to.equal(model.length < rule.limit);
          if (verdict.isAllowed) model = [...model, clock.now()];
          expect(verdict.remaining).to.equal(rule.limit - model.length);
          expect(verdict.resetSeconds).to.equal(Math.ceil(((model[0] ?? 0) + 1000 - clock.now()) / 1000));
          if (!back) continue;
          await store.giveBack(rule, 'someone');
          model = model.slice(0, -1);
        }
      }),
    );
  });

  it('refuses a client for no longer than the window after the clock was set back by an hour', async () => {
    const clock = new ManualClock();
    const store = new MemoryRateLimitStore({ clock });
    const rule: RateRule = { name: 'login', limit: 2, windowSeconds: 60 };
    for (const isAllowed of [true, true, false]) expect((await store.take(rule, 'client')).isAllowed).to.equal(isAllowed);
    clock.advance(-5000);
    expect((await store.take(rule, 'client')).isAllowed, 'clocks are corrected by seconds').to.equal(false);
    clock.advance(-3_600_000);
    expect(await store.take(rule, 'client')).to.include({ isAllowed: true, remaining: 1, resetSeconds: 60 });
  });

  it('counts the heap bytes of a limit’s subjects, with one request or a hundred', async () => {
    const store = new MemoryRateLimitStore({ clock: new ManualClock(), maxBytesPerRule: 4 * 2 ** 20 });
    const clock = new ManualClock();
    const counted = new MemoryRateLimitStore({ clock, maxBytesPerRule: 4 * 2 ** 20 });
    const { peakMib } = await liveHeapGrowth(async () => {
      for (let index = 0; index < 30_000; index += 1) {
        await store.take({ name: 'api', limit: 100, windowSeconds: 300 }, `2001:db8:0:${index}::/64`);
      }
      for (let index = 0; index < 200_000; index += 1) {
        if (index % 3 === 0) clock.advance(1);
        await counted.take({ name: 'api', limit: 100, windowSeconds: 300 }, `2001:db8:0:${Math.floor(index / 99)}::/64`);
      }
      await delay(500);
    });
    expect(store.bytes).to.be.within(3.9 * 2 ** 20, 4 * 2 ** 20 + 4096);
    expect(counted.bytes).to.be.at.most(4 * 2 ** 20 + 4096);
    expect(peakMib).to.be.at.most(9);
  });

  it('needs more requests of other clients than it gains before a client at its limit is forgotten', async () => {
    const clock = new ManualClock();
    const store = new MemoryRateLimitStore({ clock });
    const rule: RateRule = { name: 'api', limit: 100, windowSeconds: 300 };
    for (let count = 0; count < 100; count += 1) await store.take(rule, 'attacker');
    for (let index = 0; index < 10_000; index += 1) await store.take(rule, `other-${index}`);
    expect((await store.take(rule, 'attacker')).isAllowed).to.equal(false);
  });

  it('forgets idle subjects, and of too many the one let through longest ago', async () => {
    const clock = new ManualClock();
    const store = new MemoryRateLimitStore({ clock, maxBytesPerRule: 600_000 });
    const rule: RateRule = { name: 'api', limit: 1, windowSeconds: 60 };
    for (let index = 0; index < 5000; index += 1) await store.take(rule, `early-${index}`);
    expect(store.size).to.be.within(900, 1200);
    expect(store.bytes).to.be.at.most(601_000);
    expect((await store.take(rule, 'early-4999')).isAllowed).to.equal(false);
    clock.advance(60_000);
    for (let index = 0; index < 400; index += 1) await store.take(rule, `late-${index}`);
    expect(store.size).to.equal(400);
  });
});
