import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Semaphore, type SemaphoreOptions } from '../../../adapters/concurrency/semaphore.js';
import { atOnce, rejection } from '../../kit/contracts/support/samples.js';

/** Work that ends when the test ends it. */
function workOn(semaphore: Semaphore) {
  const begun: string[] = [];
  const start = (name: string, signal?: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const work = () => {
      begun.push(name);
      return promise;
    };
    return { result: semaphore.run(work, { signal }), end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { begun, start };
}

const open = (options: SemaphoreOptions) => {
  const semaphore = new Semaphore({ refusal: (reason) => new Error(reason), ...options });
  return { semaphore, ...workOn(semaphore) };
};

describe('Semaphore', () => {
  it('runs so much at once, and the rest in the order in which it came', async () => {
    const { semaphore, begun, start } = open({ places: 2 });
    const [a, b, c, d] = [start('a'), start('b'), start('c'), start('d')];
    await turn();
    expect(begun).to.deep.equal(['a', 'b']);
    expect([semaphore.running, semaphore.waiting]).to.deep.equal([2, 2]);
    b.end();
    await turn();
    expect(begun).to.deep.equal(['a', 'b', 'c']);
    for (const each of [a, c, d]) each.end();
    expect(await Promise.all([a, b, c, d].map(({ result }) => result))).to.deep.equal(['a', 'b', 'c', 'd']);
    expect([semaphore.running, semaphore.waiting]).to.deep.equal([0, 0]);
  });

  it('begins at once where a place is free', async () => {
    const { begun, start } = open({ places: 1 });
    const only = start('only');
    expect(begun).to.deep.equal(['only']);
    only.end();
    await only.result;
  });

  it('never runs more than it has places, whatever comes while a place is handed on', async () => {
    const { semaphore } = open({ places: 3 });
    let [running, max] = [0, 0];
    await atOnce(200, async (index) => {
      if (index % 3 === 0) await turn();
      await semaphore.run(async () => {
        running += 1;
        max = Math.max(max, running);
        if (index % 2 === 0) await turn();
        running -= 1;
      });
    });
    expect(max).to.equal(3);
    expect(semaphore.running).to.equal(0);
  });

  it('gives a free place to the caller that waited, not to one that comes in the same turn', async () => {
    const { begun, start } = open({ places: 1 });
    const [first, second] = [start('first'), start('second')];
    first.end();
    await first.result;
    const third = start('third');
    await turn();
    expect(begun).to.deep.equal(['first', 'second']);
    second.end();
    third.end();
    await Promise.all([second.result, third.result]);
  });

  it('frees the place of work that fails or throws, and passes its error on', async () => {
    const { semaphore, start } = open({ places: 1 });
    const failing = start('broken');
    const next = semaphore.run(async () => 'fine');
    failing.fail();
    expect(await rejection(failing.result)).to.include({ message: 'broken' });
    expect(await next).to.equal('fine');
    const thrown = await rejection(
      semaphore.run(() => {
        throw new RangeError('at once');
      }),
    );
    expect(thrown).to.be.instanceOf(RangeError);
    expect(semaphore.running).to.equal(0);
  });

  it('refuses a caller that finds no place and a full queue', async () => {
    const { begun, start } = open({ places: 1, maxWaiting: 1 });
    const [running, waiting, refused] = [start('running'), start('waiting'), start('refused')];
    expect(await rejection(refused.result)).to.include({ message: 'full' });
    running.end();
    waiting.end();
    await Promise.all([running.result, waiting.result]);
    expect(begun).to.deep.equal(['running', 'waiting']);
  });

  it('refuses a caller that waited too long, and gives its turn to the next one', async () => {
    const { begun, start } = open({ places: 1, maxWaitMs: 30 });
    const [running, tired] = [start('running'), start('tired')];
    await delay(20);
    const next = start('next');
    expect(await rejection(tired.result)).to.include({ message: 'timeout' });
    running.end();
    await running.result;
    next.end();
    expect(await next.result).to.equal('next');
    expect(begun).to.deep.equal(['running', 'next']);
  });

  it('refuses a caller whose signal aborts while it waits; work that runs goes on', async () => {
    const { semaphore, begun, start } = open({ places: 1 });
    const client = new AbortController();
    const [running, gone] = [start('running', client.signal), start('gone', client.signal)];
    client.abort();
    expect(await rejection(gone.result)).to.include({ message: 'aborted' });
    expect([semaphore.running, semaphore.waiting]).to.deep.equal([1, 0]);
    running.end();
    expect(await running.result).to.equal('running');
    expect(begun).to.deep.equal(['running']);
  });

  it('is idle when nothing runs and nothing waits', async () => {
    const { semaphore, start } = open({ places: 2 });
    await semaphore.idle();
    const works = [start('first'), start('second'), start('third')];
    let isIdle = false;
    const idle = Promise.all([semaphore.idle(), semaphore.idle()]).then(() => {
      isIdle = true;
    });
    for (const { result, end } of works) {
      await turn();
      expect(isIdle).to.equal(false);
      end();
      await result;
    }
    await idle;
    expect(isIdle).to.equal(true);
  });

  it('runs work in the async context of its own caller', async () => {
    const caller = new AsyncLocalStorage<string>();
    const { semaphore } = open({ places: 1 });
    const run = (name: string) =>
      caller.run(name, () =>
        semaphore.run(async () => {
          await turn();
          return caller.getStore();
        }),
      );
    expect(await Promise.all(['a', 'b', 'c'].map(run))).to.deep.equal(['a', 'b', 'c']);
  });

  it('gives a place that its caller leaves when it will, and passes it on', async () => {
    const semaphore = new Semaphore({ places: 1 });
    const place = await semaphore.enter();
    let hasBegun = false;
    const next = semaphore.run(async () => {
      hasBegun = true;
    });
    await turn();
    expect([hasBegun, semaphore.running, semaphore.waiting]).to.deep.equal([false, 1, 1]);
    place[Symbol.dispose]();
    await next;
    expect([hasBegun, semaphore.running]).to.deep.equal([true, 0]);
  });
});
