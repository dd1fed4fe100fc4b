import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { MemoryEventBus } from '../../../../adapters/memory/live/memory-event-bus.js';
import { ManualClock } from '../../../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../../../adapters/memory/manual-scheduler.js';
import { SeededRandom } from '../../../../adapters/memory/seeded-random.js';
import { userId } from '../../../../core/domain/ids.js';
import { type HistoryBounds, historyBounds } from '../../../../core/domain/live/live-event.js';
import { event, listenTo } from '../../../kit/contracts/live/event-bus.contract.js';
import { liveBuffersMib, liveHeapGrowth } from '../../../support/live-heap.js';

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

  it('counts bytes of memory: two bytes a character where one of them is beyond Latin-1, and UTF-8 for long texts', async () => {
    const keptOf = async (data: string) => {
      const { bus } = openBus();
      await bus.publish(event(anna, 'n', data));
      return bus.keptBytes;
    };
    expect(await keptOf('é'.repeat(4000))).to.be.within(4000, 4500);
    expect(await keptOf(`€${'x'.repeat(3999)}`)).to.be.within(8000, 8500);
    expect(await keptOf(`€${'x'.repeat(60_000)}`)).to.be.within(60_000, 61_000);
  });

  it('gives long texts back as they were', async () => {
    const { bus } = openBus();
    const data = `\ufeff${'é€😀 \u2028"\\'.repeat(2000)}`;
    const { epoch } = await bus.publish(event(anna, 'n', data));
    const history = await bus.readAfter(anna, { epoch, offset: 0 }, 1);
    expect(history.kind === 'found' && JSON.parse(history.events[0]?.data ?? '')).to.equal(data);
  });

  it('takes no more of memory than it counts', async () => {
    const { bus } = openBus();
    const buffersBefore = liveBuffersMib();
    const { peakMib } = await liveHeapGrowth(async () => {
      for (let number = 0; number < 30_000; number++) {
        await bus.publish(event(userId(String(number % 1000)), 'n', 'x'.repeat((number * 7) % 10_000)));
        if (number % 5000 === 0) await delay(1);
      }
      await delay(1000);
    });
    expect(bus.keptBytes).to.be.within(15 * 2 ** 20, 16 * 2 ** 20);
    const buffersMib = liveBuffersMib() - buffersBefore;
    expect(buffersMib).to.be.greaterThan(10);
    expect(peakMib + buffersMib).to.be.below(40);
  });

  it('forgets the user unused for longest where there are too many, but none with a listener', async () => {
    const bus = new MemoryEventBus({ clock: new ManualClock(), random: new SeededRandom(), maxStreams: 10 });
    const subscriber = await listenTo(bus);
    await subscriber.add(anna);
    const place = subscriber.positionOf(anna);
    const forgotten = await bus.publish(event(bela, 'n'));
    for (let number = 0; number < 20; number++) await bus.publish(event(userId(`u${number}`), 'n'));
    expect(subscriber.positionOf(anna)).to.deep.equal(place);
    expect((await bus.readAfter(bela, forgotten, 1)).kind).to.equal('lost');
    const { userId: _, ...announcement } = event(anna, 'all');
    expect(await bus.publishToAll(announcement)).to.equal(10);
    expect(bus.keptBytes).to.be.below(20 * 500);
  });

  it('forgets users without a listener to whom nothing was published for a day', async () => {
    const clock = new ManualClock();
    const bus = new MemoryEventBus({ clock, random: new SeededRandom() });
    const subscriber = await listenTo(bus);
    await subscriber.add(anna);
    await bus.publish(event(bela, 'n'));
    clock.advance(86_400_001);
    for (const id of ['3', '4', '5', '6']) await bus.publish(event(userId(id), 'n'));
    const { userId: _, ...announcement } = event(anna, 'all');
    expect(await bus.publishToAll(announcement), 'all but the one forgotten').to.equal(5);
  });
});
