import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { AdmissionBatcher } from '../../../hosts/ws/admission-batcher.js';
import { itInTime } from '../../support/it-in-time.js';

/** Work that records in `begun` when it begins, and that ends when the test calls `end` or `fail`. */
function workers(groups: AdmissionBatcher) {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const start = (name: string) => {
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return groups.run(() => {
      begun.push(name);
      return end.promise;
    });
  };
  return {
    begun,
    start,
    end: (name: string) => ends.get(name)?.resolve(name),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

describe('Work in groups', () => {
  it('begins at once where nobody is at work, and in one group with all who came meanwhile', async () => {
    const { begun, start, end, fail } = workers(new AdmissionBatcher({ maxWaitMs: 60_000 }));
    const first = start('first');
    const others = ['one', 'two', 'three'].map(start);
    await nextTurn();
    expect(begun).to.deep.equal(['first']);
    end('first');
    expect(await first).to.equal('first');
    await nextTurn();
    expect(begun).to.deep.equal(['first', 'one', 'two', 'three']);
    const settled = Promise.allSettled(others);
    const last = start('last');
    end('one');
    fail('two');
    await nextTurn();
    expect(begun).not.to.include('last');
    end('three');
    expect((await settled).map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    await nextTurn();
    expect(begun.at(-1)).to.equal('last');
    end('last');
    await last;
  });

  itInTime('waits for nobody who is slow, and does not take his end for that of those who came after him', async () => {
    const { begun, start, end } = workers(new AdmissionBatcher());
    const slow = start('slow');
    const startedAt = performance.now();
    const [second, third] = [start('second'), start('third')];
    while (!begun.includes('third')) await nextTurn();
    expect(performance.now() - startedAt).to.be.within(10, 500);
    const fourth = start('fourth');
    for (const name of ['slow', 'second']) end(name);
    await Promise.all([slow, second]);
    await nextTurn();
    expect(begun).not.to.include('fourth');
    end('third');
    await third;
    await nextTurn();
    expect(begun).to.include('fourth');
    end('fourth');
    await fourth;
  });

  it('lets no more than 64 begin at once', async () => {
    const { begun, start, end } = workers(new AdmissionBatcher({ maxWaitMs: 60_000 }));
    const names = Array.from({ length: 100 }, (_, index) => `${index}`);
    const all = names.map(start);
    await nextTurn();
    expect(begun).to.have.lengthOf(1);
    end('0');
    await nextTurn();
    await nextTurn();
    expect(begun).to.have.lengthOf(65);
    for (const name of names) end(name);
    await Promise.all(all);
    expect(begun).to.have.lengthOf(100);
  });

  it('runs each work in the async context of its own caller', async () => {
    const context = new AsyncLocalStorage<string>();
    const batcher = new AdmissionBatcher();
    const run = (name: string) => context.run(name, () => batcher.run(() => nextTurn(context.getStore())));
    expect(await Promise.all(['first', 'second', 'third'].map(run))).to.deep.equal(['first', 'second', 'third']);
  });
});
