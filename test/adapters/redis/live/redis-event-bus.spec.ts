import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import { openRedisEventBus } from '../../../contracts/support/open-redis-event-bus.js';
import { event, listenTo, until } from '../../../kit/contracts/live/event-bus.contract.js';
import { refusalOf } from '../../../support/refusal.js';
import { startRedisServer } from '../../../support/servers/redis-server.js';

const anna = userId('1');
const bela = userId('2');

describe('RedisEventBus', () => {
  it('misses nothing when the connection that listens is cut again and again', async () => {
    await using server = await startRedisServer();
    await using here = await openRedisEventBus(server);
    await using there = await openRedisEventBus(server);
    const subscriber = await listenTo(there.bus);
    await Promise.all([subscriber.add(anna), subscriber.add(bela)]);
    for (let number = 1; number <= 60; number++) {
      if (number % 20 === 5) await here.redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await here.bus.publish(event(number % 2 === 0 ? anna : bela, 'n'));
    }
    await until(() => subscriber.events.length === 60);
    for (const id of [anna, bela]) {
      const offsets = subscriber.events.filter((delivered) => delivered.userId === id).map(({ offset }) => offset);
      expect(offsets).to.deep.equal(Array.from({ length: 30 }, (_, index) => index + 1));
    }
    expect(subscriber.losses).to.deep.equal([]);
    await subscriber.stop();
  });

  it('continues after Redis was frozen, without a loss', async () => {
    await using server = await startRedisServer();
    await using here = await openRedisEventBus(server);
    const subscriber = await listenTo(here.bus);
    await subscriber.add(anna);
    server.freeze();
    expect((await refusalOf(here.bus.publish(event(anna, 'refused')))).code).to.equal('dependency_unavailable');
    await delay(1500);
    server.thaw();
    await until(() => here.redis.client.status === 'ready');
    await delay(100);
    const { offset } = await here.bus.publish(event(anna, 'after'));
    await until(() => subscriber.events.at(-1)?.name === 'after');
    // a command that was given up may have been carried out
    expect(subscriber.events.map((delivered) => delivered.offset)).to.deep.equal(Array.from({ length: offset }, (_, index) => index + 1));
    expect(subscriber.losses).to.deep.equal([]);
    await subscriber.stop();
  });

  it('lets a process add users while Redis is unavailable, and reports their positions once it is back', async () => {
    await using server = await startRedisServer();
    await using here = await openRedisEventBus(server);
    const subscriber = await listenTo(here.bus);
    await server.kill();
    await subscriber.add(anna);
    expect(subscriber.positionOf(anna)).to.equal(null);
    await server.start();
    await until(() => subscriber.losses.length === 1);
    expect(subscriber.positionOf(anna)).to.deep.include({ offset: 0 });
    await here.bus.publish(event(anna, 'n'));
    await until(() => subscriber.events.length === 1);
    await subscriber.stop();
  });

  it('takes a history that a restarted server kept for lost: its last events may be missing', async () => {
    await using server = await startRedisServer({ extraArgs: ['--appendonly', 'yes', '--appendfsync', 'always'] });
    await using here = await openRedisEventBus(server);
    const before = await here.bus.publish(event(anna, 'n'));
    await server.stop();
    await server.start();
    await until(() => here.redis.client.status === 'ready');
    expect(await here.redis.client.keys('*:history')).to.have.lengthOf(1);
    const { kind, newest } = await here.bus.readAfter(anna, before, 10);
    expect(kind).to.equal('lost');
    expect(newest.epoch).not.to.equal(before.epoch);
  });

  it('drops old events also from a stream that is always in use', async () => {
    await using server = await startRedisServer();
    await using here = await openRedisEventBus(server, { events: 1000, ageMs: 100 });
    for (let number = 0; number < 64; number++) {
      await here.bus.publish(event(anna, 'n'));
      await delay(10);
    }
    const [key = ''] = await here.redis.client.keys('*:history');
    expect(await here.redis.client.xlen(key)).to.be.below(40);
  });

  it('leaves only keys that expire by themselves', async () => {
    await using server = await startRedisServer();
    await using here = await openRedisEventBus(server);
    const subscriber = await listenTo(here.bus);
    await subscriber.add(bela);
    await subscriber.stop();
    await here.bus.publish(event(anna, 'n'));
    // the connected users, two positions, a history, and the two of the index
    expect(await here.redis.client.dbsize()).to.equal(6);
    for (const key of await here.redis.client.keys('*')) expect(await here.redis.client.pttl(key), key).to.be.greaterThan(0);
  });
});
