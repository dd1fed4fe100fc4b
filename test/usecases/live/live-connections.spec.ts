import { expect } from 'chai';
import { JsonEventEncoder } from '../../../adapters/json/json-event-encoder.js';
import { MemoryEventBus } from '../../../adapters/memory/live/memory-event-bus.js';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../../adapters/memory/manual-scheduler.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { SeededRandom } from '../../../adapters/memory/seeded-random.js';
import { MemoryTicketStore } from '../../../adapters/memory/sessions/memory-ticket-store.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { sessionIdFrom, type UserId, userId } from '../../../core/domain/ids.js';
import { jsonText } from '../../../core/domain/json-text.js';
import type { LiveEvent } from '../../../core/domain/live/live-event.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import { DeliverEvent } from '../../../core/usecases/live/deliver-event.js';
import { IssueTicket } from '../../../core/usecases/sessions/issue-ticket.js';
import { announceEvents } from '../../../core/usecases/steps/announce-events.js';
import { WatchSubscriptions } from '../../../core/usecases/subscriptions/watch-subscriptions.js';
import { refusalOf } from '../../support/refusal.js';

const anna = userId('1');
const bela = userId('2');

function world() {
  const clock = new ManualClock();
  const random = new SeededRandom();
  return {
    ...{ clock, random, scheduler: new ManualScheduler(), logger: new MemoryLogger() },
    tickets: new MemoryTicketStore({ clock }),
    eventBus: new MemoryEventBus({ clock, random }),
    eventEncoder: new JsonEventEncoder(),
  };
}

const publish = ({ eventBus, clock }: ReturnType<typeof world>, id: UserId, name = 'n') =>
  eventBus.publish({ userId: id, name, data: jsonText(null) as never, at: clock.now() });

describe('IssueTicket', () => {
  const session = { userId: anna, sessionId: sessionIdFrom(0, new Uint8Array(10)) };

  it('gives a ticket of 192 bits for half a minute, and never the same twice', async () => {
    const ports = world();
    const expiresAt = ports.clock.now() + 600_000;
    const issue = new IssueTicket(ports);
    const tickets = [await issue.execute({ ...session, expiresAt }), await issue.execute({ ...session, expiresAt })];
    for (const { ticket, expiresIn } of tickets) {
      expect(ticket).to.match(/^[0-9a-f]{48}$/);
      expect(expiresIn).to.equal(30);
    }
    expect(tickets[0]?.ticket).not.to.equal(tickets[1]?.ticket);
    ports.clock.advance(30_000);
    expect(await ports.tickets.take(tickets[0]?.ticket ?? '')).to.equal(null);
  });

  it('gives none that would outlive the token', async () => {
    const ports = world();
    const issue = new IssueTicket(ports);
    expect((await issue.execute({ ...session, expiresAt: ports.clock.now() + 12_500 })).expiresIn).to.equal(12);
    const refusal = await refusalOf(issue.execute({ ...session, expiresAt: ports.clock.now() + 500 }));
    expect(refusal.code).to.equal('token_expired');
  });
});

describe('DeliverEvent', () => {
  it('listens for a user as long as he has a connection, and measures the delay', async () => {
    const ports = world();
    const delays: number[] = [];
    const delivered: string[] = [];
    const deliver = new DeliverEvent({ ...ports, metrics: { eventDelivered: (seconds) => void delays.push(seconds) } });
    await deliver.start({ deliver: (id, { name }: LiveEvent) => void delivered.push(`${id} ${name}`), tellLoss: () => {} });
    await deliver.follow(anna);
    await deliver.follow(anna);
    await publish(ports, anna, 'one');
    await publish(ports, bela, 'not for us');
    deliver.unfollow(anna);
    await publish(ports, anna, 'two');
    expect(deliver.positionOf(anna)?.offset).to.equal(2);
    deliver.unfollow(anna);
    await publish(ports, anna, 'nobody is there');
    expect(deliver.positionOf(anna)).to.equal(null);
    expect(delivered).to.deep.equal(['1 one', '1 two']);
    expect(delays).to.deep.equal([0, 0]);
    await deliver.stop();
  });
});

describe('announceEvents', () => {
  it('never rejects: the change stays committed', async () => {
    const ports = world();
    const events = [1, 2, 3].map((at) => ({ userId: anna, event: { kind: 'profile_updated', fields: [] } as const, at }));
    ports.eventBus.publish = () => Promise.reject(new AuthError('dependency_unavailable'));
    await announceEvents(events, ports);
    expect(ports.logger.entries.map(({ level, message }) => `${level} ${message}`)).to.deep.equal(['warn events could not be published']);
  });
});

describe('WatchSubscriptions', () => {
  const gold: SubscriptionPeriod = { plan: 'gold', startsAt: 0, endsAt: null, standing: 'good' };

  function watching(ports = world()) {
    const periods = new Map<UserId, readonly SubscriptionPeriod[]>();
    let isBroken = false;
    const subscriptions = {
      periodsOf: async (id: UserId) => {
        if (isBroken) throw new AuthError('dependency_unavailable');
        return periods.get(id) ?? [];
      },
      periodsOfMany: async (ids: readonly UserId[]) => {
        if (isBroken) throw new AuthError('dependency_unavailable');
        return new Map(ids.map((id) => [id, periods.get(id) ?? []]));
      },
    };
    const connected = new Set([anna]);
    const told: string[] = [];
    const watch = () => {
      const watcher = new WatchSubscriptions({ ...ports, subscriptions });
      watcher.start({ connections: { userIds: () => connected }, intervalSeconds: 15 });
    };
    const listening = ports.eventBus.listen({ delivered: (id, { name, data }) => void told.push(`${id} ${name} ${data}`), lost: () => {} });
    const poll = async () => {
      const subscriber = await listening;
      for (const id of connected) await subscriber.add(id);
      await ports.scheduler.advance(15_000);
    };
    const setBroken = (value: boolean) => {
      isBroken = value;
    };
    return { ports, periods, connected, told, watch, poll, setBroken };
  }

  const isGold = '1 subscription.changed {"plan":"gold","status":"active","starts_at":"1970-01-01T00:00:00.000Z","ends_at":null}';

  it('publishes nothing at first, then each change once, in however many processes it is noticed', async () => {
    const { periods, told, watch, poll } = watching();
    watch();
    watch();
    await poll();
    await poll();
    expect(told).to.deep.equal([]);
    periods.set(anna, [gold]);
    await poll();
    await poll();
    expect(told).to.deep.equal([isGold]);
  });

  it('queries the bus about a user once, and then only after a change', async () => {
    const { ports, watch, poll } = watching();
    let asked = 0;
    const publishChange = ports.eventBus.publishChange.bind(ports.eventBus);
    ports.eventBus.publishChange = (event, states) => {
      asked += 1;
      return publishChange(event, states);
    };
    watch();
    for (let polls = 0; polls < 5; polls++) await poll();
    expect(asked).to.equal(1);
  });

  it('publishes a change from a time without a watch to a user that was watched before', async () => {
    const { periods, connected, told, watch, poll } = watching();
    watch();
    await poll();
    connected.delete(anna);
    await poll();
    periods.set(anna, [gold]);
    connected.add(anna);
    await poll();
    expect(told).to.deep.equal([isGold]);
  });

  it('catches up after the database or the bus was away', async () => {
    const { ports, periods, told, watch, poll, setBroken } = watching();
    watch();
    await poll();
    periods.set(anna, [gold]);
    setBroken(true);
    await poll();
    setBroken(false);
    const publishChange = ports.eventBus.publishChange;
    ports.eventBus.publishChange = () => Promise.reject(new AuthError('dependency_unavailable'));
    await poll();
    expect(told).to.deep.equal([]);
    ports.eventBus.publishChange = publishChange;
    await poll();
    expect(told).to.deep.equal([isGold]);
    expect(ports.scheduler.errors).to.deep.equal([]);
  });

  it('publishes a change although the bus has lost its state', async () => {
    const { ports, periods, told, watch, poll } = watching();
    watch();
    await poll();
    await ports.eventBus.forgetAll();
    periods.set(anna, [gold]);
    await poll();
    expect(told).to.deep.equal([isGold]);
  });
});
