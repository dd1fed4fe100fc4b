import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { HashQueue } from '../../../adapters/argon2/hash-queue.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { atOnce, tally } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';

describe('The queue of hashes', () => {
  it('hands usual hashes over ahead, one to each place, and none behind a hash that may take long', async () => {
    const metrics = new MemoryMetrics();
    const queue = new HashQueue({ concurrency: 2, maxWaiting: 10, metrics });
    const figures = () => ['running', 'waiting'].map((name) => metrics.value(`move_acces_password_hash_${name}`));
    const begun: string[] = [];
    const open = (name: string, isUsual: boolean) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const done = queue.run(
        (place) => {
          begun.push(`${name} at ${place}`);
          return promise;
        },
        { isUsual },
      );
      return { done, finish: resolve };
    };
    const long = open('long', false);
    const usual = ['a', 'b', 'c'].map((name) => open(name, true));
    const late = open('late', false);
    const last = open('last', true);
    await turn();
    expect(begun).to.deep.equal(['long at 0', 'a at 1', 'b at 1']);
    expect(figures()).to.deep.equal([2, 4]);
    usual[0]?.finish();
    await turn();
    expect(begun.slice(3)).to.deep.equal(['c at 1']);
    long.finish();
    await turn();
    expect(begun.slice(4)).to.deep.equal(['late at 0']);
    expect(figures()).to.deep.equal([2, 2]);
    for (const { finish } of [...usual, late, last]) finish();
    await Promise.all([long, ...usual, late, last].map(({ done }) => done));
    expect(begun.slice(5)).to.have.lengthOf(1);
    expect(figures()).to.deep.equal([0, 0]);
  });

  it('hands a hash that may take long to a place that has no other', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 10, metrics: new MemoryMetrics() });
    const { promise, resolve: finish } = Promise.withResolvers<void>();
    let hasBegun = false;
    const usual = queue.run(() => promise, { isUsual: true });
    const long = queue.run(async () => {
      hasBegun = true;
    });
    await turn();
    expect(hasBegun).to.equal(false);
    finish();
    await Promise.all([usual, long]);
    expect(hasBegun).to.equal(true);
  });

  it('lets no hash overtake one that waits', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 10, metrics: new MemoryMetrics() });
    const begun: string[] = [];
    const run = (name: string, isUsual: boolean) => queue.run(async () => begun.push(name) && (await turn()), { isUsual });
    await Promise.all([run('first', true), run('long', false), run('usual', true)]);
    expect(begun).to.deep.equal(['first', 'long', 'usual']);
  });

  it('counts hashes that were handed over ahead among those that wait', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 1, metrics: new MemoryMetrics() });
    const outcomes = await atOnce(4, async () => {
      try {
        return await queue.run(() => turn('done'), { isUsual: true });
      } catch (error) {
        return error instanceof AuthError ? error.code : 'bug';
      }
    });
    expect(tally(outcomes)).to.deep.equal({ done: 2, overloaded: 2 });
    const none = new HashQueue({ concurrency: 1, maxWaiting: 0, metrics: new MemoryMetrics() });
    const first = none.run(() => turn('done'), { isUsual: true });
    expect(await none.run(() => turn('done'), { isUsual: true }).catch(({ code }) => code)).to.equal('overloaded');
    expect(await first).to.equal('done');
  });

  it('runs so many at once, in the order in which they came, and shows how many wait', async () => {
    const metrics = new MemoryMetrics();
    const queue = new HashQueue({ concurrency: 2, maxWaiting: 10, metrics });
    const order: number[] = [];
    let [running, most] = [0, 0];
    const all = atOnce(8, (index) =>
      queue.run(async () => {
        order.push(index);
        running += 1;
        most = Math.max(most, running);
        await delay(5);
        running -= 1;
      }),
    );
    expect(metrics.value('move_acces_password_hash_running')).to.equal(2);
    expect(metrics.value('move_acces_password_hash_waiting')).to.equal(6);
    await all;
    expect(most).to.equal(2);
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(metrics.value('move_acces_password_hash_waiting')).to.equal(0);
  });

  it('releases results in batches while hashes wait, as many as still do, and at once when none waits', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 10, metrics: new MemoryMetrics() });
    let done = 0;
    const releasedAfter: number[] = [];
    await atOnce(7, async (index) => {
      await queue
        .run(async () => {
          await delay(2);
          done += 1;
          if (index === 1) throw new Error('a failure is released with the others');
        })
        .catch(() => {});
      releasedAfter.push(done);
    });
    expect(releasedAfter).to.deep.equal([3, 3, 3, 5, 5, 6, 7]);
  });

  itInTime('holds no result for long when the next hash is slow', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 10, metrics: new MemoryMetrics() });
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    const quick = queue.run(() => delay(2));
    const others = [queue.run(() => slow), queue.run(async () => {}), queue.run(async () => {})];
    const startedAt = performance.now();
    await quick;
    expect(performance.now() - startedAt).to.be.within(50, 500);
    finish();
    await Promise.all(others);
  });

  it('drops a hash whose request was given up, and counts it no more', async () => {
    const metrics = new MemoryMetrics();
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 2, metrics });
    const { promise: slow, resolve: finish } = Promise.withResolvers<string>();
    const client = new AbortController();
    const running = queue.run(() => slow);
    const gone = queue.run(async () => 'computed in vain', { signal: client.signal }).catch((error: unknown) => error);
    const waiting = queue.run(async () => 'computed');
    client.abort();
    expect(await gone).to.include({ code: 'overloaded' });
    expect(await queue.run(async () => 'too late', { signal: client.signal }).catch((error: unknown) => error)).to.include({
      code: 'overloaded',
    });
    expect(metrics.value('move_acces_password_hash_waiting')).to.equal(1);
    finish('done');
    expect(await Promise.all([running, waiting])).to.deep.equal(['done', 'computed']);
    expect(metrics.value('move_acces_password_hash_running')).to.equal(0);
  });

  it('admits no more work than may hash and wait, before any of it is done', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 2, metrics: new MemoryMetrics() });
    let begun = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = () => {
      begun += 1;
      return promise;
    };
    const all = Promise.allSettled(Array.from({ length: 10 }, () => queue.admit(work)));
    resolve();
    expect((await all).filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(3);
    expect(begun).to.equal(3);
    await queue.admit(async () => {});
  });

  it('frees the place of a hash that failed, and passes its error on', async () => {
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 1, metrics: new MemoryMetrics() });
    const failure = new Error('broken');
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = await Promise.allSettled([queue.run(() => Promise.reject(failure)), queue.run(async () => 'fine')]);
      expect(first).to.include({ status: 'rejected', reason: failure });
      expect(second).to.include({ status: 'fulfilled', value: 'fine' });
    }
  });
});
