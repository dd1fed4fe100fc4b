import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { ManualClock } from '../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../adapters/memory/manual-scheduler.js';
import { MemoryEventBus } from '../../adapters/memory/memory-event-bus.js';
import { SeededRandom } from '../../adapters/memory/seeded-random.js';
import { userId } from '../../core/domain/ids.js';
import { type HistoryBounds, historyBounds } from '../../core/domain/live-event.js';
import { event, listenTo } from '../kit/contracts/event-bus.contract.js';
import { liveHeapGrowth } from '../support/live-heap.js';

const anna = userId('1');
const bela = userId('2');

describe('MemoryEventBus', () => {
  const openBus = (bounds: Partial<HistoryBounds> = {}) => {
    const [clock, scheduler] = [new ManualClock(), new ManualScheduler()];
    const bus = new MemoryEventBus({ clock, random: new SeededRandom(), scheduler, history: { ...historyBounds, ...bounds } });
    const pass = async (ms: number) => {
      clock.advance(ms);
      await scheduler.advance(ms);
    };
    return { bus, scheduler, pass };
  };

  it('frees old events where nothing is published or read any more, and has no timer then', async () => {
    const { bus, scheduler, pass } = openBus();
    expect(scheduler.size).to.equal(0);
    for (const id of ['1', '2', '3']) await bus.publish(event(userId(id), 'n', 'x'.repeat(50_000)));
    expect(bus.keptBytes).to.be.greaterThan(150_000);
    await pass(590_000);
    expect(bus.keptBytes).to.be.greaterThan(150_000);
    await pass(20_000);
    expect([bus.keptBytes, scheduler.size]).to.deep.equal([0, 0]);
    await bus.publish(event(anna, 'n'));
    expect(scheduler.size).to.equal(1);
    await pass(610_000);
    expect([bus.keptBytes, scheduler.size]).to.deep.equal([0, 0]);
  });

  it('counts what the heap holds: two bytes a character where one of them is beyond Latin-1', async () => {
    const narrow = openBus();
    const wide = openBus();
    await narrow.bus.publish(event(anna, 'n', 'é'.repeat(10_000)));
    await wide.bus.publish(event(anna, 'n', `€${'x'.repeat(9999)}`));
    expect(narrow.bus.keptBytes).to.be.within(10_000, 10_500);
    expect(wide.bus.keptBytes).to.be.within(20_000, 20_500);
  });

  it('takes no more of the heap than it counts', async () => {
    const { bus } = openBus();
    const { peakMib } = await liveHeapGrowth(async () => {
      for (let number = 0; number < 100_000; number++) {
        await bus.publish(event(userId(String(number % 1000)), 'n', 'x'.repeat((number * 7) % 10_000)));
        if (number % 5000 === 0) await delay(1);
      }
      await delay(1000);
    });
    expect(bus.keptBytes).to.be.within(31 * 2 ** 20, 32 * 2 ** 20);
    expect(peakMib).to.be.below(40);
  });

  it('forgets the user unused for longest where there are too many, but none with a listener', async () => {
    const bus = new MemoryEventBus({ clock: new ManualClock(), random: new SeededRandom(), maxStreams: 10 });
    const ear = await listenTo(bus);
    await ear.add(anna);
    const place = ear.positionOf(anna);
    const forgotten = await bus.publish(event(bela, 'n'));
    for (let number = 0; number < 20; number++) await bus.publish(event(userId(`u${number}`), 'n'));
    expect(ear.positionOf(anna)).to.deep.equal(place);
    expect((await bus.readAfter(bela, forgotten, 1)).kind).to.equal('lost');
    const { userId: _, ...announcement } = event(anna, 'all');
    expect(await bus.publishToAll(announcement)).to.equal(10);
    expect(bus.keptBytes).to.be.below(20 * 500);
  });

  it('forgets users that nobody listens for and nothing was told of for a day', async () => {
    const clock = new ManualClock();
    const bus = new MemoryEventBus({ clock, random: new SeededRandom() });
    const ear = await listenTo(bus);
    await ear.add(anna);
    await bus.publish(event(bela, 'n'));
    clock.advance(86_400_001);
    for (const id of ['3', '4', '5', '6']) await bus.publish(event(userId(id), 'n'));
    const { userId: _, ...announcement } = event(anna, 'all');
    expect(await bus.publishToAll(announcement), 'all but the one forgotten').to.equal(5);
  });
});
