import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { BoundedQueue, type RefusalReason } from '../../../adapters/concurrency/bounded-queue.js';
import { rejection } from '../../kit/contracts/support/samples.js';

const refusal = (reason: RefusalReason) => new Error(reason);

describe('BoundedQueue', () => {
  it('serves callers in the order in which they came, and shows what the first of them needs', async () => {
    const queue = new BoundedQueue<number, string>();
    expect(queue.firstNeed).to.equal(null);
    const grants = ['a', 'b', 'c'].map((need) => queue.wait(need));
    expect([queue.size, queue.firstNeed]).to.deep.equal([3, 'a']);
    expect(queue.serve(1)).to.equal(true);
    expect([queue.size, queue.firstNeed]).to.deep.equal([2, 'b']);
    queue.serve(2);
    queue.serve(3);
    expect(queue.serve(4)).to.equal(false);
    expect(await Promise.all(grants)).to.deep.equal([1, 2, 3]);
  });

  it('refuses a caller beyond its bound, and takes the next one after one was served', async () => {
    const queue = new BoundedQueue<string>({ maxWaiting: 1, refusal });
    const first = queue.wait(undefined);
    expect(await rejection(queue.wait(undefined))).to.include({ message: 'full' });
    queue.serve('first');
    const second = queue.wait(undefined);
    queue.serve('second');
    expect(await Promise.all([first, second])).to.deep.equal(['first', 'second']);
  });

  it('refuses a caller that has waited too long, and no other', async () => {
    const refused: RefusalReason[] = [];
    const queue = new BoundedQueue<string>({
      maxWaitMs: 30,
      refusal: (reason) => {
        refused.push(reason);
        return refusal(reason);
      },
    });
    const first = rejection(queue.wait(undefined));
    await delay(20);
    const second = queue.wait(undefined);
    expect(await first).to.include({ message: 'timeout' });
    expect(queue.size).to.equal(1);
    queue.serve('second');
    await delay(40);
    expect(await second).to.equal('second');
    expect(refused).to.deep.equal(['timeout']);
  });

  it('refuses a caller whose signal aborts while it waits, or has aborted before', async () => {
    const queue = new BoundedQueue<string, string>({ refusal });
    const client = new AbortController();
    const gone = rejection(queue.wait('gone', client.signal));
    const other = queue.wait('other', new AbortController().signal);
    client.abort();
    expect(await gone).to.include({ message: 'aborted' });
    expect(await rejection(queue.wait('late', client.signal))).to.include({ message: 'aborted' });
    expect([queue.size, queue.firstNeed]).to.deep.equal([1, 'other']);
    queue.serve('served');
    expect(await other).to.equal('served');
  });

  it('does not mind an abort after the grant, and leaves no listener on the signal', async () => {
    const queue = new BoundedQueue<string>({ refusal });
    const client = new AbortController();
    const served = queue.wait(undefined, client.signal);
    expect(getEventListeners(client.signal, 'abort')).to.have.lengthOf(1);
    queue.serve('served');
    expect(getEventListeners(client.signal, 'abort')).to.have.lengthOf(0);
    client.abort();
    expect(await served).to.equal('served');
  });

  it('names the reason in its own error where the owner makes none', async () => {
    const queue = new BoundedQueue<string>({ maxWaiting: 0 });
    expect(await rejection(queue.wait(undefined)))
      .to.be.instanceOf(Error)
      .with.property('message', 'not served: full');
  });
});
