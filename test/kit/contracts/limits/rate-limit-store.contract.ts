import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { RateRule } from '../../../../core/domain/limits/rate-rule.js';
import type { RateLimitStore } from '../../../../core/ports/limits/rate-limit-store.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce } from '../support/samples.js';

export interface RateLimitHarness {
  readonly store: RateLimitStore;
  /** Lets at least `ms` pass by the store's own time, and not much more. */
  pass(ms: number): Promise<void>;
}

/** The contract of every `RateLimitStore`. */
export function rateLimitStoreContract(name: string, open: () => Promise<RateLimitHarness>, runner: TestRunner = globalRunner()): void {
  const { describe, it, itInTime = it } = runner;
  describe(`${name} as a store of rate limits`, () => {
    const rule: RateRule = { name: 'login', limit: 3, windowSeconds: 1 };
    const someone = () => `subject-${randomUUID()}`;
    const take = async ({ store }: RateLimitHarness, subject: string, from = rule) => (await store.take(from, subject)).isAllowed;

    itInTime('allows as many requests as the rule allows and refuses the next', async () => {
      const harness = await open();
      const subject = someone();
      expect([await take(harness, subject), await take(harness, subject), await take(harness, subject)]).to.deep.equal([true, true, true]);
      expect([await take(harness, subject), await take(harness, subject)]).to.deep.equal([false, false]);
    });

    itInTime('returns the remaining number, and repeats the rule of the verdict', async () => {
      const { store } = await open();
      const subject = someone();
      const verdicts = [
        await store.take(rule, subject),
        await store.take(rule, subject),
        await store.take(rule, subject),
        await store.take(rule, subject),
      ];
      expect(verdicts.map((verdict) => verdict.remaining)).to.deep.equal([2, 1, 0, 0]);
      for (const verdict of verdicts) expect(verdict.rule).to.deep.equal(rule);
    });

    itInTime('returns in whole seconds, rounded up, when the oldest request leaves the window', async () => {
      const { store, pass } = await open();
      const subject = someone();
      const long: RateRule = { name: 'account', limit: 2, windowSeconds: 900 };
      expect((await store.take(long, subject)).resetSeconds).to.equal(900);
      await pass(1100);
      expect((await store.take(long, subject)).resetSeconds).to.equal(899);
      expect((await store.take(long, subject)).resetSeconds).to.equal(899);
    });

    itInTime('allows another request after the seconds that it returned', async () => {
      const harness = await open();
      const subject = someone();
      const one: RateRule = { ...rule, limit: 1 };
      await take(harness, subject, one);
      const { isAllowed, resetSeconds } = await harness.store.take(one, subject);
      expect({ isAllowed, resetSeconds }).to.deep.equal({ isAllowed: false, resetSeconds: 1 });
      await harness.pass(resetSeconds * 1000);
      expect(await take(harness, subject, one)).to.equal(true);
    });

    itInTime('slides: a request late in a window counts in the next', async () => {
      const harness = await open();
      const subject = someone();
      await take(harness, subject);
      await harness.pass(600);
      expect([await take(harness, subject), await take(harness, subject), await take(harness, subject)]).to.deep.equal([true, true, false]);
      await harness.pass(450);
      expect([await take(harness, subject), await take(harness, subject)]).to.deep.equal([true, false]);
    });

    itInTime('does not count refused requests', async () => {
      const harness = await open();
      const subject = someone();
      for (let index = 0; index < 3; index += 1) await take(harness, subject);
      for (let index = 0; index < 9; index += 1) {
        await harness.pass(100);
        await take(harness, subject);
      }
      await harness.pass(150);
      expect(await take(harness, subject)).to.equal(true);
    });

    itInTime('marks the first refusal since something was let through, and no other', async () => {
      const harness = await open();
      const subject = someone();
      const one: RateRule = { ...rule, limit: 1 };
      const isFirst = async () => (await harness.store.take(one, subject)).isFirstRefusal;
      expect([await isFirst(), await isFirst(), await isFirst(), await isFirst()]).to.deep.equal([false, true, false, false]);
      await harness.pass(1010);
      expect([await isFirst(), await isFirst(), await isFirst()]).to.deep.equal([false, true, false]);
    });

    itInTime('marks it also where the mark before is younger than a window', async () => {
      const harness = await open();
      const subject = someone();
      const two: RateRule = { ...rule, limit: 2 };
      const isFirst = async () => (await harness.store.take(two, subject)).isFirstRefusal;
      await isFirst();
      await harness.pass(600);
      expect([await isFirst(), await isFirst(), await isFirst()]).to.deep.equal([false, true, false]);
      await harness.pass(450);
      expect([await isFirst(), await isFirst(), await isFirst()]).to.deep.equal([false, true, false]);
    });

    it('allows exactly the limit of 60 concurrent requests', async () => {
      const harness = await open();
      const subject = someone();
      const ten: RateRule = { name: 'api', limit: 10, windowSeconds: 60 };
      const verdicts = await atOnce(60, () => harness.store.take(ten, subject));
      expect(
        verdicts
          .filter((verdict) => verdict.isAllowed)
          .map((verdict) => verdict.remaining)
          .sort(),
      ).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(verdicts.filter((verdict) => verdict.isFirstRefusal)).to.have.length(1);
    });

    itInTime('counts subjects and policies separately, whatever their names', async () => {
      const { store } = await open();
      const one: RateRule = { ...rule, limit: 1 };
      const mark = randomUUID();
      const subjects = [
        '',
        ' ',
        'a',
        'a:b',
        '{a}',
        '}{',
        '2001:db8:0:0::/64',
        '::',
        'login:a',
        'é\u0000',
        '*',
        '__proto__',
        'x'.repeat(300),
      ];
      for (const subject of subjects) expect((await store.take(one, mark + subject)).isAllowed, subject).to.equal(true);
      for (const subject of subjects) expect((await store.take(one, mark + subject)).isAllowed, subject).to.equal(false);
      for (const subject of subjects) expect((await store.take({ ...one, name: 'api' }, mark + subject)).isAllowed, subject).to.equal(true);
    });

    itInTime('gives back the newest, one at a time, and never more than there were', async () => {
      const harness = await open();
      const subject = someone();
      await harness.store.giveBack(rule, subject);
      for (let index = 0; index < 4; index += 1) await take(harness, subject);
      await harness.store.giveBack(rule, subject);
      expect([await take(harness, subject), await take(harness, subject)]).to.deep.equal([true, false]);
      for (let index = 0; index < 9; index += 1) await harness.store.giveBack(rule, subject);
      expect((await harness.store.take(rule, subject)).remaining).to.equal(2);
    });

    itInTime('keeps earlier requests when the newest is given back', async () => {
      const harness = await open();
      const subject = someone();
      await take(harness, subject);
      await harness.pass(500);
      await take(harness, subject);
      await harness.store.giveBack(rule, subject);
      await harness.pass(510);
      expect((await harness.store.take(rule, subject)).remaining).to.equal(2);
    });

    itInTime('pauses ever longer from the rule’s number on, and returns the time', async () => {
      const harness = await open();
      const subject = someone();
      const pausing: RateRule = { name: 'account', limit: 10, windowSeconds: 900, pausesFrom: 2 };
      const verdict = async () => {
        const { isAllowed, remaining, resetSeconds } = await harness.store.take(pausing, subject);
        return [isAllowed, remaining, resetSeconds];
      };
      expect(await verdict()).to.deep.equal([true, 9, 900]);
      expect(await verdict()).to.deep.equal([true, 0, 1]);
      expect(await verdict()).to.deep.equal([false, 0, 1]);
      await harness.pass(1010);
      expect(await verdict()).to.deep.equal([true, 0, 2]);
      await harness.pass(1010);
      expect(await verdict()).to.deep.equal([false, 0, 1]);
      await harness.pass(1010);
      expect(await verdict()).to.deep.equal([true, 0, 4]);
    });

    itInTime('drops the pause of a request that is given back, and that of a full window', async () => {
      const { store } = await open();
      const subject = someone();
      const pausing: RateRule = { name: 'account', limit: 3, windowSeconds: 900, pausesFrom: 1 };
      await store.take(pausing, subject);
      expect((await store.take(pausing, subject)).isAllowed).to.equal(false);
      await store.giveBack(pausing, subject);
      expect((await store.take(pausing, subject)).isAllowed).to.equal(true);
      const full: RateRule = { ...pausing, limit: 1 };
      expect((await store.take(full, subject)).resetSeconds).to.be.within(899, 900);
    });

    itInTime('costs no more with a limit of a thousand million', async () => {
      const { store } = await open();
      const subject = someone();
      const wide: RateRule = { name: 'api', limit: 1_000_000_000, windowSeconds: 300 };
      const timed = async (count: number) => {
        const startedAt = performance.now();
        for (let index = 0; index < count; index += 1) await store.take(wide, subject);
        return performance.now() - startedAt;
      };
      const first = await timed(1000);
      for (let round = 0; round < 20; round += 1) await atOnce(500, () => store.take(wide, subject));
      const last = await timed(1000);
      expect((await store.take(wide, subject)).remaining).to.equal(1_000_000_000 - 12_001);
      expect(last).to.be.lessThan(4 * first + 100);
    });
  });
}
