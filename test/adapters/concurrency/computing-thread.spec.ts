import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ComputingThread } from '../../../adapters/concurrency/computing-thread.js';
import { atOnce, rejection } from '../../kit/contracts/support/samples.js';
import type { Doubled, Doubling } from './support/doubling-thread.js';

describe('a thread that computes', () => {
  const open = (idleMs?: number) =>
    new ComputingThread<Doubling, Doubled>({
      module: new URL('./support/doubling-thread.js', import.meta.url),
      ...(idleMs !== undefined && { idleMs }),
    });

  it('ends when it has had nothing to do for a while, and the next job gets a new one', async () => {
    const thread = open(50);
    const job = { number: 1, ms: 0, isBusy: true };
    const first = await thread.compute(job);
    expect(await thread.compute(job)).to.deep.equal(first);
    expect(await thread.compute({ ...job, ms: 120 }), 'its time to wait ends with the next job').to.deep.equal(first);
    await delay(200);
    const second = await thread.compute(job);
    expect(second.threadId).to.be.greaterThan(first.threadId);
    expect(second).to.include({ doubled: 2 });
    const patient = open();
    const { threadId } = await patient.compute(job);
    await delay(200);
    expect(await patient.compute(job)).to.include({ threadId });
  });

  for (const isBusy of [true, false]) {
    describe(isBusy ? 'and is busy meanwhile' : 'and waits meanwhile', () => {
      const job = (number: number) => ({ number, ms: 10, isBusy });

      it('does one job at a time, in their order', async () => {
        const thread = open();
        const order: number[] = [];
        const answers = await atOnce(5, async (number) => {
          const answer = await thread.compute(job(number));
          order.push(number);
          return answer;
        });
        expect(answers.map(({ doubled, atOnce: most }) => [doubled, most])).to.deep.equal([0, 2, 4, 6, 8].map((doubled) => [doubled, 1]));
        expect(order).to.deep.equal([0, 1, 2, 3, 4]);
      });

      it('tells two answers together where both jobs are in hand, and one that is alone at once', async () => {
        const thread = open();
        await thread.compute(job(0)); // the first one starts the thread
        const told: number[] = [];
        const answered = [1, 2, 3].map((number) => thread.compute(job(number)).then(() => told.push(number)));
        await answered[0];
        await turn();
        expect(told).to.deep.equal([1, 2]);
        await answered[2];
        expect(told).to.deep.equal([1, 2, 3]);
      });

      it('fails a job without harm to those beside it', async () => {
        const thread = open();
        const [before, failed, after] = [thread.compute(job(1)), rejection(thread.compute(job(-1))), thread.compute(job(2))];
        expect(await before).to.include({ doubled: 2 });
        expect(await failed)
          .to.be.instanceOf(RangeError)
          .with.property('message', '-1 is below zero');
        expect(await after).to.include({ doubled: 4 });
      });

      it('fails all that it has in hand when it breaks, and the next job gets a new one', async () => {
        const thread = open();
        const inHand = [job(13), job(1), job(2)].map((each) => thread.compute(each).then(({ doubled }) => doubled, String));
        const ended = 'Error: a computing thread ended';
        expect(await Promise.all(inHand)).to.deep.equal([ended, ended, ended]);
        expect(await thread.compute(job(3))).to.include({ doubled: 6 });
      });
    });
  }
});
