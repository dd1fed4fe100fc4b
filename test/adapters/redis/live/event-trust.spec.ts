import { expect } from 'chai';
import { Redis } from 'ioredis';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { RedisEventBus } from '../../../../adapters/redis/live/redis-event-bus.js';
import { SystemScheduler } from '../../../../adapters/system/system-scheduler.js';
import { userId } from '../../../../core/domain/ids.js';
import type { LiveEvent } from '../../../../core/domain/live/live-event.js';
import { type OpenGuard, openGuard } from '../../../contracts/support/open-guard.js';
import { event, listenTo, type RecordingSubscriber, until } from '../../../kit/contracts/live/event-bus.contract.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

const anna = userId('1');
const place = 'ma:events:{1}:place';
const history = 'ma:events:{1}:history';
const channel = 'ma:events:1';

describe('RedisEventBus, where other software writes Redis,', () => {
  let guarded: OpenGuard;
  let bus: RedisEventBus;
  let subscriber: RecordingSubscriber;
  let opened: AsyncDisposableStack;
  let client: Awaited<ReturnType<typeof connectRedis>>['client'];

  /** A bus of one more process. */
  const openBus = async ({ guard }: Pick<OpenGuard, 'guard'> = openGuard()) => {
    const server = await sharedRedisServer();
    const target = { kind: 'single', host: server.host, port: server.port } as const;
    const redis = opened.use(await connectRedis({ target, logger: new MemoryLogger() }));
    const scheduler = new SystemScheduler({ onError: () => {} });
    return { redis, bus: new RedisEventBus({ redis, guard, scheduler, logger: new MemoryLogger() }) };
  };
  beforeEach(async () => {
    opened = new AsyncDisposableStack();
    await (await sharedRedisServer()).flushAll();
    guarded = openGuard();
    const own = await openBus(guarded);
    bus = own.bus;
    client = own.redis.client;
    subscriber = await listenTo(bus);
    opened.defer(() => subscriber.stop());
    await subscriber.add(anna);
  });
  afterEach(() => opened.disposeAsync());

  const names = () => subscriber.events.map(({ name }) => name);
  const epochOf = () => client.hget(place, 'epoch');
  /** Puts an entry behind the last event, as an attacker or a process of the version before does, and announces it. */
  const put = async ({ name, data, at }: Pick<LiveEvent, 'name' | 'data' | 'at'>, mac?: string) => {
    const offset = await client.hincrby(place, 'offset', 1);
    const fields = ['kept', Date.now(), 'at', at, 'name', name, 'data', data, ...(mac === undefined ? [] : ['mac', mac])];
    await client.xadd(history, `${offset}-0`, ...fields);
    const first = mac === undefined ? await epochOf() : `${await epochOf()} ${mac}`;
    await client.publish(channel, [first, offset, at, name, data].join('\n'));
  };
  /** What happens next is an event that the listener is sent. */
  const expectToWork = async (name: string) => {
    const at = subscriber.losses.length;
    await bus.publish(event(anna, `${name}-1`)).catch(() => {});
    await until(() => names().includes(`${name}-1`) || subscriber.losses.length > at);
    await bus.publish(event(anna, `${name}-2`));
    await until(() => names().includes(`${name}-2`));
  };

  it('delivers no event without a MAC, as the previous version writes it: the listener gets a loss, and continues after it', async () => {
    await bus.publish(event(anna, 'signed'));
    await put(event(anna, 'unsigned', { a: 1 }));
    await until(() => subscriber.losses.length === 1);
    expect(subscriber.losses[0]).to.include({ userId: anna, offset: 2 });
    await bus.publish(event(anna, 'behind'));
    await until(() => subscriber.events.length === 2);
    expect(names()).to.deep.equal(['signed', 'behind']);
    expect(subscriber.losses).to.have.lengthOf(1);
    expect(guarded.rejected('event')).to.be.at.least(1);
    expect(guarded.logger.entries.filter(({ level }) => level === 'warn')).to.have.lengthOf(1);
  });

  it('writes events that the previous version reads: through history, since it does not know such an epoch on the channel', async () => {
    const told = Promise.withResolvers<string>();
    const subscriber = new Redis((await sharedRedisServer()).url);
    opened.defer(() => subscriber.disconnect());
    subscriber.on('message', (_channel: string, text: string) => told.resolve(text));
    await subscriber.subscribe(channel);
    await bus.publish(event(anna, 'n', { a: 1 }));
    const { at } = event(anna, 'n');
    const [entry] = await client.xrange(history, '-', '+');
    expect(entry?.[0]).to.equal('1-0');
    expect(entry?.[1].slice(2, 8)).to.deep.equal(['at', `${at}`, 'name', 'n', 'data', '{"a":1}']);
    const [first, ...rest] = (await told.promise).split('\n');
    expect(first)
      .to.match(/^[0-9a-f-]+ [\w-]{22}$/)
      .and.not.equal(await epochOf());
    expect(rest).to.deep.equal(['1', `${at}`, 'n', '{"a":1}']);
  });

  it('delivers nothing that is signed for another user, with another secret, or other than it was signed', async () => {
    const signed = event(anna, 'n', { amount: 1 });
    const text = (userId: string) => JSON.stringify([userId, signed.at, signed.name, signed.data]);
    const forged = openGuard({ secret: 'another secret' }).guard.sign('event', text('1'));
    await put(signed, forged);
    await put(signed, guarded.guard.sign('event', text('2')));
    await put({ ...signed, data: event(anna, 'n', { amount: 2 }).data }, guarded.guard.sign('event', text('1')));
    await put({ ...signed, at: signed.at + 1 }, guarded.guard.sign('event', text('1')));
    await put({ ...signed, name: 'm' }, guarded.guard.sign('event', text('1')));
    await put({ ...signed, at: Number.NaN }, guarded.guard.sign('event', text('1')));
    await put(signed, guarded.guard.sign('event', text('1')));
    await until(() => subscriber.positionOf(anna)?.offset === 7);
    await expectToWork('after');
    expect(subscriber.events.filter(({ name }) => !name.startsWith('after')).every(({ offset }) => offset === 7)).to.equal(true);
    expect(guarded.rejected('event')).to.be.at.least(6);
  });

  it('takes the events of processes with a previous secret', async () => {
    const old = await openBus(openGuard({ secret: 'the secret before' }));
    const now = await openBus(openGuard({ previous: ['the secret before'] }));
    const listening = await listenTo(now.bus);
    opened.defer(() => listening.stop());
    await listening.add(anna);
    await old.bus.publish(event(anna, 'n'));
    await until(() => listening.events.length === 1);
    expect(listening.losses).to.deep.equal([]);
  });

  it('does not advance by a message that only the channel has, whatever its position', async () => {
    const epoch = await epochOf();
    const { at } = event(anna, 'n');
    for (const offset of ['1', '1e308', 'NaN', '9007199254740993', '-1', '']) {
      for (const first of [epoch, `${epoch} ${'A'.repeat(22)}`]) await client.publish(channel, [first, offset, at, 'n', 'null'].join('\n'));
    }
    for (const text of ['', '\n', '\n\n\n\n\n\n\n', 'x'.repeat(100_000)]) await client.publish(channel, text);
    await bus.publish(event(anna, 'genuine'));
    await until(() => subscriber.events.length === 1);
    expect(subscriber.events[0]).to.include({ name: 'genuine', offset: 1 });
    expect(subscriber.losses).to.deep.equal([]);
    expect(guarded.rejected('event')).to.equal(16);
  });

  it('delivers no copy of an event that is older than events are kept', async () => {
    await bus.publish(event(anna, 'once'));
    await until(() => subscriber.events.length === 1);
    const [entry] = await client.xrange(history, '-', '+');
    guarded.clock.advance(660_000);
    await put(event(anna, 'once'), entry?.[1].at(-1));
    await until(() => subscriber.losses.length === 1);
    expect(names()).to.deep.equal(['once']);
  });

  it('sees that an event was taken out of the middle of the history', async () => {
    const start = await bus.publish(event(anna, 'a'));
    for (const name of ['b', 'c', 'd']) await bus.publish(event(anna, name));
    await client.xdel(history, '3-0');
    const read = await bus.readAfter(anna, start, 10);
    expect(read.kind === 'found' && read.events.map(({ name }) => name)).to.deep.equal(['b']);
    expect((await bus.readAfter(anna, { ...start, offset: 2 }, 10)).kind).to.equal('lost');
  });

  const manipulations: Readonly<Record<string, () => Promise<unknown>>> = {
    'a place of another type': () => client.set(place, 'x'),
    'a place without a number': () => client.hset(place, 'offset', 'NaN'),
    'a place with a number beyond all': () => client.hset(place, 'offset', '1e308'),
    'a place at the end of all numbers': () => client.hset(place, 'offset', '9223372036854775807'),
    'a place that went back': () => client.hset(place, 'offset', 0),
    'a place with an epoch of several lines': () => client.hset(place, 'epoch', 'a\nb c'),
    'a place with bytes beyond all': () => client.hset(place, 'sum', '9999999999999', 'trimmed_at', '9999999999999'),
    'a place with bytes that are none': () => client.hset(place, 'sum', 'nan', 'trimmed_sum', '-1', 'trimmed_at', ''),
    'no place': () => client.del(place),
    'a history of another type': () => client.set(history, 'x'),
    'a history that is at its end': () => client.xadd(history, '18446744073709551615-18446744073709551615', 'a', 'b'),
    'a history with fields of its own': () => client.xadd(history, '1-1', 'a', 'b'),
    'a history without end': async () => {
      for (let number = 0; number < 1000; number++) await client.xadd(history, `1-${number + 1}`, 'kept', '9'.repeat(300), 'a', 'b');
    },
    'an index of other types': () => client.mset('ma:{events}:appended', 'x', 'ma:{events}:bytes', 'x'),
    'a list of users of another type': () => client.set('ma:events:users', 'x'),
  };
  for (const [name, manipulate] of Object.entries(manipulations)) {
    it(`continues with ${name}`, async () => {
      await bus.publish(event(anna, 'before'));
      await until(() => subscriber.events.length === 1);
      await manipulate();
      await expectToWork('after');
    });
  }
});
