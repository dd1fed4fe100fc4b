import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { itInTime } from '../../support/it-in-time.js';
import { openClient, openEventStage, publish } from './support/event-stage.js';
import { openWsStage } from './support/ws-stage.js';

describe('events', () => {
  it('that were missed are replayed in order, and then the client learns that it has all of them', async () => {
    await using stage = await openWsStage();
    const first = await openClient(stage);
    await publish(stage, 'e1');
    expect((await first.next('event')).offset).to.equal(1);
    await first[Symbol.asyncDispose]();
    for (const name of ['e2', 'e3', 'e4']) await publish(stage, name);

    await using back = await openClient(stage);
    expect(back.welcome).to.deep.include({ epoch: first.welcome.epoch, offset: 4 });
    back.say({ type: 'resume', epoch: first.welcome.epoch, offset: 1 });
    expect(await back.next('resumed')).to.deep.equal({ type: 'resumed', recovered: true, offset: 4 });
    await publish(stage, 'e5');
    await back.next('event');
    for (let count = 0; count < 3; count++) await back.next('event');
    expect(back.messages.map(({ type, offset }) => `${type} ${offset}`)).to.deep.equal([
      'welcome 4',
      'event 2',
      'event 3',
      'event 4',
      'resumed 4',
      'event 5',
    ]);
  });

  itInTime('that come right after the welcome wait for the client to resume, so that it sees all in order', async () => {
    await using stage = await openWsStage();
    await using before = await openClient(stage);
    await publish(stage, 'e1');
    await publish(stage, 'e2');
    await using client = await openClient(stage);
    await publish(stage, 'e3');
    await delay(100);
    expect(client.messages).to.have.lengthOf(1);
    client.say({ type: 'resume', epoch: before.welcome.epoch, offset: 0 });
    await client.next('resumed');
    expect(client.messages.slice(1).map(({ type, offset }) => `${type} ${offset}`)).to.deep.equal([
      'event 1',
      'event 2',
      'event 3',
      'resumed 3',
    ]);
  });

  itInTime('wait half a second at most for a client that has nothing to resume, and not at all after its first message', async () => {
    await using stage = await openWsStage();
    await using _before = await openClient(stage);
    await publish(stage, 'e1');
    await using silent = await openClient(stage);
    await using talker = await openClient(stage);
    await publish(stage, 'e2');
    const startedAt = performance.now();
    talker.say({ type: 'ping' });
    expect((await talker.next('event')).offset).to.equal(2);
    expect(performance.now() - startedAt).to.be.below(250);
    expect((await silent.next('event')).offset).to.equal(2);
    expect(performance.now() - startedAt).to.be.within(250, 1200);
  });

  it('that history no longer holds are reported as lost, with the position at which the stream continues', async () => {
    await using held = await openEventStage();
    const { stage } = held;
    await using first = await openClient(stage);
    for (let count = 0; count < 15; count++) await publish(stage, 'e');
    await using client = await openClient(stage);
    client.say({ type: 'resume', epoch: first.welcome.epoch, offset: 4 });
    expect(await client.next('resumed')).to.deep.equal({ type: 'resumed', recovered: false, offset: 15 });
    client.say({ type: 'resume', epoch: first.welcome.epoch, offset: 5 });
    expect(await client.next('resumed')).to.deep.equal({ type: 'resumed', recovered: true, offset: 15 });
    for (const place of [
      { epoch: 'other', offset: 5 },
      { epoch: first.welcome.epoch, offset: 16 },
      { epoch: '', offset: 0 },
    ]) {
      client.say({ type: 'resume', ...place });
      expect(await client.next('resumed'), JSON.stringify(place)).to.deep.equal({ type: 'resumed', recovered: false, offset: 15 });
    }
    await publish(stage, 'after');
    expect(
      client.messages
        .filter(({ type }) => type === 'event')
        .map(({ offset }) => offset)
        .slice(0, 10),
    ).to.deep.equal([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    for (let count = 0; count < 10; count++) await client.next('event');
    expect((await client.next('event')).name).to.equal('after');
  });

  it('that are lost while the client is connected are reported, and its socket stays open in a new epoch', async () => {
    await using held = await openEventStage();
    const { stage, bus } = held;
    await using client = await openClient(stage);
    await publish(stage, 'e1');
    await client.next('event');
    await bus.forgetAll();
    const told = await client.next('resumed');
    expect(told).to.deep.equal({ type: 'resumed', recovered: false, epoch: told.epoch, offset: 0 });
    expect(told.epoch).not.to.equal(client.welcome.epoch);
    await publish(stage, 'e2');
    expect(await client.next('event')).to.deep.include({ name: 'e2', offset: 1 });
    client.say({ type: 'resume', epoch: told.epoch, offset: 0 });
    expect(await client.next('resumed')).to.deep.equal({ type: 'resumed', recovered: true, offset: 1 });
  });

  it('that cannot be read while history is unavailable are reported as lost after a timeout, and the socket stays open', async () => {
    await using held = await openEventStage({ settings: { limits: { resumePatienceMs: 300 } } });
    const { stage, bus } = held;
    await using client = await openClient(stage);
    await publish(stage, 'e1');
    await client.next('event');
    bus.readAfter = () => Promise.reject(new AuthError('dependency_unavailable'));
    client.say({ type: 'resume', epoch: client.welcome.epoch, offset: 0 });
    expect(await client.next('resumed')).to.deep.equal({ type: 'resumed', recovered: false, offset: 1 });
    await publish(stage, 'e2');
    expect((await client.next('event')).offset).to.equal(2);
  });

  it('are replayed when history comes back in time', async () => {
    await using held = await openEventStage();
    const { stage, bus } = held;
    await using client = await openClient(stage);
    await publish(stage, 'e1');
    await client.next('event');
    const read = bus.readAfter;
    bus.readAfter = () => Promise.reject(new AuthError('dependency_unavailable'));
    client.say({ type: 'resume', epoch: client.welcome.epoch, offset: 0 });
    await delay(300);
    bus.readAfter = read;
    expect(await client.next('resumed')).to.deep.equal({ type: 'resumed', recovered: true, offset: 1 });
  });

  it('close the socket with 4440 when history becomes unavailable during the replay', async () => {
    await using held = await openEventStage();
    const { stage, bus } = held;
    await using client = await openClient(stage);
    for (let count = 0; count < 10; count++) await publish(stage, 'e');
    const read = bus.readAfter.bind(bus);
    let reads = 0;
    bus.readAfter = (id, place) => (++reads > 2 ? Promise.reject(new AuthError('dependency_unavailable')) : read(id, place, 3));
    client.say({ type: 'resume', epoch: client.welcome.epoch, offset: 0 });
    const { code, reason } = await client.ended;
    expect(code).to.equal(4440);
    expect(reason).to.deep.include({ code: 'position_lost', action: 'retry' });
  });

  it('are replayed to a slow reader at its own pace, however large they are together', async () => {
    await using held = await openEventStage({}, { bytesPerUser: 16 * 1024 * 1024 });
    const { stage } = held;
    await using client = await openClient(stage);
    const data = 'x'.repeat(60_000);
    for (let count = 0; count < 150; count++) {
      await publish(stage, 'big', data);
      await client.next('event');
    }
    await using slow = await openClient(stage);
    slow.socket.pause();
    slow.say({ type: 'resume', epoch: client.welcome.epoch, offset: 0 });
    await delay(300);
    await publish(stage, 'last');
    slow.socket.resume();
    expect(await slow.next('resumed')).to.deep.include({ recovered: true, offset: 151 });
    const offsets = slow.messages.filter(({ type }) => type === 'event').map(({ offset }) => offset);
    expect(offsets).to.deep.equal(Array.from({ length: 151 }, (_, index) => index + 1));
    expect(stage.metrics.slow).to.equal(0);
  });
});
