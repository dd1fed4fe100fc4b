import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import { itInTime } from '../../support/it-in-time.js';
import { openClient, openEventStage, publish } from './support/event-stage.js';
import { until } from './support/live-example.js';
import { openWsStage } from './support/ws-stage.js';

const second = 1000;

describe('events', () => {
  it('come with an offset, a name, data and an instant', async () => {
    await using stage = await openWsStage();
    await using client = await openClient(stage);
    await publish(stage, 'profile.updated', { fields: ['phone'] });
    const event = await client.next('event');
    expect(event).to.deep.include({
      type: 'event',
      offset: client.welcome.offset + 1,
      name: 'profile.updated',
      data: { fields: ['phone'] },
    });
    expect(Math.abs(Date.parse(event.at) - stage.clock.now())).to.be.below(2 * second);
  });

  it('reach every connected user when they are published to all', async () => {
    await using stage = await openWsStage();
    await using one = await openClient(stage, '1');
    await using other = await openClient(stage, '2');
    expect(await stage.publishEvent.execute({ to: { kind: 'all' }, name: 'maintenance.planned', data: 5, by: 'server' })).to.equal(2);
    expect((await one.next('event')).data).to.equal(5);
    expect((await other.next('event')).data).to.equal(5);
  });

  it('are not published to an account that does not exist', async () => {
    await using stage = await openWsStage();
    const refusal = await publish(stage, 'n', null, 'nobody').catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(AuthError).with.property('code', 'not_found');
  });

  itInTime('come at once where nothing was published before', async () => {
    await using stage = await openWsStage();
    await using client = await openClient(stage);
    const startedAt = performance.now();
    await publish(stage, 'e1');
    await client.next('event');
    expect(performance.now() - startedAt).to.be.below(250);
  });

  it('close only the socket of a client that does not read, with 4400', async () => {
    await using stage = await openWsStage();
    await using slow = await openClient(stage);
    await using quick = await openClient(stage);
    slow.socket.pause();
    const data = 'x'.repeat(60_000);
    let published = 0;
    while (stage.metrics.slow === 0 && published < 400) {
      await publish(stage, 'big', data);
      published += 1;
      await quick.next('event');
    }
    expect(stage.metrics.slow).to.equal(1);
    slow.socket.resume();
    const { code, reason } = await slow.ended;
    expect(code).to.equal(4400);
    expect(reason).to.deep.include({ code: 'slow_consumer', action: 'retry' });
    quick.say({ type: 'ping' });
    await quick.next('pong');
    const seen = slow.messages.filter(({ type }) => type === 'event').map(({ offset }) => offset);
    expect(seen, 'in order, up to where it was cut').to.deep.equal(seen.map((_, index) => index + 1));
  });
});

describe('the subscription of a connected user', () => {
  const day = 86_400_000;
  const period = (plan: string, startsAt: number, endsAt: number | null) => ({ plan, startsAt, endsAt, standing: 'good' as const });

  it('is sent when any application changes its row, and when only the clock changes it', async () => {
    await using held = await openEventStage();
    const { stage, bus } = held;
    const judged = new Set<UserId>();
    const publishChange = bus.publishChange.bind(bus);
    bus.publishChange = (event, states) => {
      judged.add(event.userId);
      return publishChange(event, states);
    };
    await using client = await openClient(stage);
    await using other = await openClient(stage, '2');
    await using tablet = await openClient(stage);
    const user = { ...(await stage.database.read((tables) => tables.users.get(userId('1')))) } as never;
    const now = stage.clock.now();
    await until(() => judged.size === 2);
    await delay(250);
    expect(client.messages, 'nothing has changed').to.have.lengthOf(1);

    await stage.database.putAccount({ user, periods: [period('gold', now - day, now + 30 * second)] });
    const told = await client.next('event');
    expect(told).to.deep.include({ name: 'subscription.changed' });
    expect(told.data).to.deep.equal({
      plan: 'gold',
      status: 'active',
      starts_at: new Date(now - day).toISOString(),
      ends_at: new Date(now + 30 * second).toISOString(),
    });
    expect(await tablet.next('event')).to.deep.equal(told);

    stage.clock.advance(31 * second);
    expect((await client.next('event')).data).to.deep.include({ plan: 'gold', status: 'expired' });

    await stage.database.putAccount({ user, periods: [] });
    expect((await client.next('event')).data).to.equal(null);
    await delay(250);
    expect(
      client.messages.filter(({ type }) => type === 'event'),
      'each change once',
    ).to.have.lengthOf(3);
    expect(other.messages).to.have.lengthOf(1);
  });
});
