import { expect } from 'chai';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { RedisEventBus } from '../../../../adapters/redis/live/redis-event-bus.js';
import { SystemScheduler } from '../../../../adapters/system/system-scheduler.js';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import { type EventPosition, type HistoryBounds, historyBounds } from '../../../../core/domain/live/live-event.js';
import { openGuard } from '../../../contracts/support/open-guard.js';
import { event } from '../../../kit/contracts/live/event-bus.contract.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

const users = Array.from({ length: 40 }, (_, index) => userId(index + 1));
const text = 'x'.repeat(1000);
/** What Redis allocates for one of these events, and for a stream. */
const eventBytes = 1150;
const streamBytes = 6500;

describe('The histories of events in Redis', () => {
  let opened: AsyncDisposableStack;
  let client: Awaited<ReturnType<typeof connectRedis>>['client'];

  const openBus = async (bounds: Partial<HistoryBounds>) => {
    const { host, port } = await sharedRedisServer();
    const redis = opened.use(await connectRedis({ target: { kind: 'single', host, port }, logger: new MemoryLogger() }));
    client = redis.client;
    const history = { ...historyBounds, ...bounds };
    const scheduler = new SystemScheduler({ onError: () => {} });
    return new RedisEventBus({ redis, guard: openGuard().guard, scheduler, logger: new MemoryLogger(), history });
  };
  beforeEach(async () => {
    opened = new AsyncDisposableStack();
    await (await sharedRedisServer()).flushAll();
  });
  afterEach(() => opened.disposeAsync());

  const lengthOf = (id: UserId) => client.xlen(`ma:events:{${id}}:history`);
  const memoryOfAll = async () => {
    const sizes = (await client.keys('ma:events:*:history')).map((key) => client.memory('USAGE', key, 'SAMPLES', 0));
    return (await Promise.all(sizes)).reduce<number>((sum, size) => sum + Number(size), 0);
  };
  const publishRounds = async (bus: RedisEventBus, count: number, ids: readonly UserId[] = users) => {
    let last: EventPosition = { epoch: '', offset: 0 };
    for (let number = 0; number < count; number++) for (const id of ids) last = await bus.publish(event(id, 'n', text));
    return last;
  };
  /** Sweeps run in the background. */
  const untilMemoryIs = async (isWanted: (bytes: number) => boolean) => {
    for (let attempt = 0; attempt < 100 && !isWanted(await memoryOfAll()); attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await memoryOfAll()).to.satisfy(isWanted);
  };

  it('hold only the newest events of a user, within the user’s bytes, and report the others as lost', async () => {
    const [anna = userId('1')] = users;
    const bus = await openBus({ bytesPerUser: 10 * eventBytes });
    const last = await publishRounds(bus, 60, [anna]);
    expect(await lengthOf(anna)).to.be.within(8, 14);
    expect(await memoryOfAll()).to.be.below(10 * eventBytes + 2 * streamBytes);
    const kept = await bus.readAfter(anna, { ...last, offset: 54 }, 100);
    expect(kept.kind === 'found' && kept.events.map(({ offset }) => offset)).to.deep.equal([55, 56, 57, 58, 59, 60]);
    expect((await bus.readAfter(anna, { ...last, offset: 20 }, 100)).kind).to.equal('lost');
  });

  it('hold the newest event, however large it is', async () => {
    const [anna = userId('1')] = users;
    const bus = await openBus({ bytesPerUser: 500 });
    for (let number = 0; number < 2; number++) await bus.publish(event(anna, 'n', text.repeat(5)));
    const { epoch } = await bus.publish(event(anna, 'n', text.repeat(5)));
    expect((await bus.readAfter(anna, { epoch, offset: 2 }, 10)).kind).to.equal('found');
    expect(await lengthOf(anna)).to.equal(1);
  });

  it('of all users together stay within their bytes: those that rest longest go, and their places stay', async () => {
    const bytesInAll = 12 * (10 * eventBytes + streamBytes);
    const bus = await openBus({ bytesInAll });
    const place = await bus.readAfter(users[0] ?? userId('1'), { epoch: '', offset: 0 }, 1);
    for (const id of users) await publishRounds(bus, 10, [id]);
    await untilMemoryIs((bytes) => bytes < 1.5 * bytesInAll);
    expect(await memoryOfAll()).to.be.greaterThan(bytesInAll / 2);
    expect(await lengthOf(users[0] ?? userId('1'))).to.equal(0);
    expect(await lengthOf(users.at(-1) ?? userId('1'))).to.equal(10);
    const read = await bus.readAfter(users[0] ?? userId('1'), place.newest, 10);
    expect(read).to.deep.equal({ kind: 'lost', newest: { epoch: place.newest.epoch, offset: 10 } });
  });

  it('return to their byte limit after other software wrote to the index, and continue', async () => {
    const bytesInAll = 12 * (10 * eventBytes + streamBytes);
    const bus = await openBus({ bytesInAll });
    await publishRounds(bus, 2);
    for (const value of ['1e308', 'NaN', '-1e308', 'x']) await client.hset('ma:{events}:bytes', `ma:events:false-${value}`, value);
    await client.hset(
      'ma:{events}:bytes',
      Object.fromEntries(Array.from({ length: 2000 }, (_, number) => [`ma:events:none-${number}`, 1e9])),
    );
    await client.zadd('ma:{events}:appended', 0, 'x', 9e15, 'ma:events:later');
    await publishRounds(bus, 20);
    await untilMemoryIs((bytes) => bytes < 1.5 * bytesInAll);
    for (const key of ['ma:{events}:bytes', 'ma:{events}:appended'])
      expect(await client[key.endsWith('bytes') ? 'hlen' : 'zcard'](key)).to.be.below(60);
    await publishRounds(bus, 5, users.slice(0, 5));
    expect(await lengthOf(users[0] ?? userId('1'))).to.be.at.least(5);
  });

  it('lose an old event with the next one, however seldom they come', async () => {
    const [anna = userId('1')] = users;
    const bus = await openBus({ ageMs: 60 });
    await publishRounds(bus, 2, [anna]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await publishRounds(bus, 1, [anna]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await publishRounds(bus, 1, [anna]);
    expect(await lengthOf(anna)).to.equal(2);
  });
});
