import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Batcher, type BatcherOptions } from '../../../adapters/concurrency/batcher.js';
import { rejection } from '../../kit/contracts/support/samples.js';

/** A batcher that records its batches. A batch ends when the test calls `end` or `fail`. */
function open(options: Partial<BatcherOptions<string, string>> = {}) {
  const batches: string[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const batcher = new Batcher<string, string>({
    maxItems: 100,
    run: async (items) => {
      const end = Promise.withResolvers<void>();
      batches.push(items.join(''));
      ends.push(end);
      await end.promise;
      return (item, index) => `${item}${index}`;
    },
    ...options,
  });
  const add = (items: string) => [...items].map((item) => batcher.add(item));
  return {
    batcher,
    batches,
    add,
    end: (number: number) => ends[number]?.resolve(),
    fail: (number: number) => ends[number]?.reject(failure),
  };
}

const failure = new Error('the batch failed');

describe('Batcher', () => {
  it('makes one batch of the items of one event-loop turn, and returns to each its own result', async () => {
    const { batches, add, end } = open();
    const first = add('ab');
    await Promise.resolve();
    first.push(...add('c'));
    expect(batches).to.deep.equal([]);
    await turn();
    const second = add('d');
    await turn();
    expect(batches).to.deep.equal(['abc', 'd']);
    end(1);
    expect(await Promise.all(second)).to.deep.equal(['d0']);
    end(0);
    expect(await Promise.all(first)).to.deep.equal(['a0', 'b1', 'c2']);
  });

  it('makes no batch larger than it may be, and begins the batches in order', async () => {
    const { batches, add } = open({ maxItems: 3 });
    void add('abcdefgh');
    await turn();
    expect(batches).to.deep.equal(['abc', 'def', 'gh']);
  });

  it('runs so many batches at once; meanwhile the next ones gather', async () => {
    const { batches, add, end } = open({ maxItems: 3, maxConcurrent: 2 });
    void add('a');
    await turn();
    void add('b');
    await turn();
    void add('c');
    await turn();
    void add('defg');
    await turn();
    expect(batches).to.deep.equal(['a', 'b']);
    end(1);
    await turn();
    expect(batches).to.deep.equal(['a', 'b', 'cde']);
    end(0);
    await turn();
    expect(batches).to.deep.equal(['a', 'b', 'cde', 'fg']);
  });

  it('puts two items with one key into different batches, in their order', async () => {
    const { batches, add, end } = open({ keyOf: (item) => item.toLowerCase(), maxConcurrent: 1 });
    void add('aAbaB');
    await turn();
    end(0);
    await turn();
    end(1);
    await turn();
    expect(batches).to.deep.equal(['ab', 'AB', 'a']);
  });

  it('leaves room in a batch with keys too', async () => {
    const { batches, add } = open({ keyOf: (item) => item, maxItems: 2 });
    void add('abacb');
    await turn();
    expect(batches).to.deep.equal(['ab', 'ac', 'b']);
  });

  it('rejects every item of a batch that failed, and no other', async () => {
    const { batches, add, end, fail } = open({ maxItems: 2, maxConcurrent: 1 });
    const results = add('abc').map((result) => result.catch((error: unknown) => error));
    await turn();
    fail(0);
    await turn();
    expect(batches, 'a failed batch makes place for the next one').to.deep.equal(['ab', 'c']);
    end(1);
    expect(await Promise.all(results)).to.deep.equal([failure, failure, 'c0']);
  });

  it('rejects one item alone where its result cannot be found', async () => {
    const batcher = new Batcher<number, number>({
      maxItems: 10,
      run: async () => (item) => {
        if (item === 1) throw new RangeError('no such row');
        return item === 2 ? Promise.reject(failure) : item;
      },
    });
    const [first, second, third] = await Promise.allSettled([0, 1, 2].map((item) => batcher.add(item)));
    expect(first).to.include({ status: 'fulfilled', value: 0 });
    expect(second).to.have.property('reason').instanceOf(RangeError);
    expect(third).to.include({ status: 'rejected', reason: failure });
  });

  it('rejects on demand what waits, and goes on with what comes afterwards', async () => {
    const { batcher, batches, add, end } = open({ maxConcurrent: 1 });
    const running = add('a');
    await turn();
    const waiting = add('bc').map(rejection);
    batcher.rejectWaiting(failure);
    expect(await Promise.all(waiting)).to.deep.equal([failure, failure]);
    const later = add('d');
    end(0);
    await turn();
    end(1);
    expect(await Promise.all([...running, ...later])).to.deep.equal(['a0', 'd0']);
    expect(batches).to.deep.equal(['a', 'd']);
  });

  it('begins at once with an item that finds no batch running, where it is eager', async () => {
    const { batches, add, end } = open({ isEager: true, maxConcurrent: 1 });
    void add('abc');
    expect(batches).to.deep.equal(['a']);
    end(0);
    await turn();
    expect(batches).to.deep.equal(['a', 'bc']);
    end(1);
    await turn();
    void add('d');
    expect(batches).to.deep.equal(['a', 'bc', 'd']);
  });

  for (const isEager of [false, true]) {
    it(`runs a batch in no caller’s async context${isEager ? ', where it is eager too' : ''}, and each caller goes on in its own`, async () => {
      const context = new AsyncLocalStorage<string>();
      const seen: unknown[] = [];
      // made in the context of a caller, as an object of one transaction is
      const batcher = context.run('maker', () => {
        const run = async () => {
          seen.push(context.getStore());
          await turn();
          seen.push(context.getStore());
          return (item: string) => item;
        };
        return new Batcher<string, string>({ maxItems: 2, maxConcurrent: 1, isEager, run });
      });
      const call = (name: string) =>
        context.run(name, async () => {
          expect(await batcher.add(name)).to.equal(name);
          return context.getStore();
        });
      expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(call))).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
      expect(new Set(seen)).to.deep.equal(new Set([undefined]));
    });
  }
});
