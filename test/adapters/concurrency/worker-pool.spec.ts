import { expect } from 'chai';
import { WorkerPool } from '../../../adapters/concurrency/worker-pool.js';
import { atOnce, rejection } from '../../kit/contracts/support/samples.js';
import type { Doubled, Doubling } from './support/doubling-thread.js';

describe('WorkerPool', () => {
  const open = (size: number) =>
    new WorkerPool<Doubling, Doubled>({ size, module: new URL('./support/doubling-thread.js', import.meta.url) });
  const job = (number: number, ms = 5): Doubling => ({ number, ms, isBusy: false });

  it('computes in as many threads as it may have', async () => {
    const pool = open(2);
    const results = await atOnce(8, (number) => pool.compute(job(number)));
    expect(results.map(({ doubled }) => doubled)).to.deep.equal([0, 2, 4, 6, 8, 10, 12, 14]);
    expect(results.every(({ atOnce: running }) => running === 1)).to.equal(true);
    expect(new Set(results.map(({ threadId }) => threadId)).size).to.equal(2);
  });

  it('computes jobs in the order in which they came', async () => {
    const pool = open(1);
    const order: number[] = [];
    await atOnce(5, async (number) => {
      await pool.compute(job(number, 5 - number));
      order.push(number);
    });
    expect(order).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('lets no job wait for a slow one while another thread is free', async () => {
    const pool = open(2);
    let isSlowDone = false;
    const slow = pool.compute(job(1, 2000)).then(() => {
      isSlowDone = true;
    });
    await atOnce(6, (number) => pool.compute(job(number)));
    expect(isSlowDone).to.equal(false);
    await slow;
  });

  it('gives jobs that come one by one to one thread, so that the others may end', async () => {
    const pool = open(3);
    const threads = new Set<number>();
    for (const number of [1, 2, 3, 4]) threads.add((await pool.compute(job(number))).threadId);
    expect(threads.size).to.equal(1);
  });

  it('computes the next job after one that failed, and after a thread that broke', async () => {
    const pool = open(1);
    const [failed, broken, fine] = [rejection(pool.compute(job(-1))), rejection(pool.compute(job(13))), pool.compute(job(4))];
    expect(await failed).to.be.instanceOf(RangeError);
    expect(await broken).to.include({ message: 'a computing thread ended' });
    expect(await fine).to.include({ doubled: 8 });
  });

  it('computes in the thread that the caller names, after the jobs that this thread has', async () => {
    const pool = open(2);
    const first = await Promise.all([pool.computeIn(0, job(1)), pool.computeIn(0, job(2)), pool.computeIn(1, job(3))]);
    expect(first[1].threadId).to.equal(first[0].threadId);
    expect(first[2].threadId).not.to.equal(first[0].threadId);
    expect(await rejection(pool.computeIn(2, job(4)))).to.be.instanceOf(RangeError);
  });
});
