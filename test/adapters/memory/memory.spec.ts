import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryRateLimitStore } from '../../../adapters/memory/limits/memory-rate-limit-store.js';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../../adapters/memory/manual-scheduler.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryRevocationFeed } from '../../../adapters/memory/sessions/memory-revocation-feed.js';
import { userId } from '../../../core/domain/ids.js';
import { type RateRule, withinWindow } from '../../../core/domain/limits/rate-rule.js';
import { memoryContracts } from '../../contracts/support/memory-contracts.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import { RecordingListener } from '../../kit/contracts/support/recording-listener.js';
import { rejection, sampleSession, sampleUser } from '../../kit/contracts/support/samples.js';
import { globalRunner } from '../../kit/runner/test-runner.js';
import { liveHeapGrowth } from '../../support/live-heap.js';

describe('memory', () => {
  memoryContracts(globalRunner());

  it('shows nothing of a unit of work outside it before it is committed', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const halfway = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const { email } = sampleUser('zoe@example.org');
    const run = unitOfWork.run(async ({ users }) => {
      await users.insert(sampleUser('zoe@example.org'));
      halfway.resolve();
      await seen.promise;
    });
    await halfway.promise;
    expect(await stores.users.hasEmail(email)).to.equal(false);
    seen.resolve();
    await run;
    expect(await stores.users.hasEmail(email)).to.equal(true);
  });

  it('lets nobody use the stores of a unit of work that has ended', async () => {
    const { unitOfWork } = await openMemoryStore();
    const stores = await unitOfWork.run(async (inside) => inside);
    expect(await rejection(stores.users.insert(sampleUser('zoe@example.org')))).to.be.instanceOf(Error);
  });

  it('shows a unit of work what it deleted, and nobody else before the end', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const session = sampleSession(userId(1));
    await stores.sessions.open(session);
    await unitOfWork.run(async ({ sessions }) => {
      expect(await sessions.prune(session.expiresAt, 10)).to.equal(1);
      expect(await sessions.find(session.id)).to.equal(null);
      expect(await sessions.listLive(session.userId, session.createdAt)).to.deep.equal([]);
      expect(await stores.sessions.find(session.id)).to.deep.equal(session);
    });
    expect(await stores.sessions.find(session.id)).to.equal(null);
  });

  it('refuses a text that would not fit a column of the usual width', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const refusal = await rejection(
      unitOfWork.run(({ users }) => users.insert(sampleUser('zoe@example.org', { lastName: 'n'.repeat(101) }))),
    );
    expect(refusal).to.include({ code: 'validation_failed' });
    const id = await unitOfWork
      .run(({ users }) => users.insert(sampleUser('zoe@example.org')))
      .then((insertion) => insertion.kind === 'inserted' && insertion.user.id);
    expect(id && (await rejection(stores.users.updateProfile(id, { phone: '1'.repeat(33) })))).to.include({ code: 'validation_failed' });
  });

  it('is heard as soon as it is followed, and then as the scheduler has it', async () => {
    const scheduler = new ManualScheduler();
    const listener = new RecordingListener();
    const following = await new MemoryRevocationFeed({ scheduler, logger: new MemoryLogger() }).follow(listener);
    expect(listener.heardTimes).to.have.length(1);
    await scheduler.advance(1000);
    expect(listener.heardTimes).to.have.length(5);
    await following.stop();
    expect(scheduler.size).to.equal(0);
  });

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

  it('counts what subjects of a limit take of the heap, with one request or a hundred', async () => {
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

  it('takes more requests of others than it gains to have a client forgotten that is at its limit', async () => {
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
