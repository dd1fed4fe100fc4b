import { expect } from 'chai';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import { type JsonText, jsonText } from '../../../../core/domain/json-text.js';
import {
  type EventPosition,
  type HistoryBounds,
  historyBounds,
  type LiveEvent,
  type NewEvent,
} from '../../../../core/domain/live/live-event.js';
import type { EventBus, EventSubscription } from '../../../../core/ports/live/event-bus.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface EventBusHarness {
  /** The connections of two processes to one bus. */
  readonly buses: readonly [EventBus, EventBus];
  letPass(ms: number): Promise<void>;
  /** Loses all stored events, as a restart does. */
  loseAll(): Promise<void>;
  dispose(): Promise<void>;
}

export type OpenEventBus = (history: HistoryBounds) => Promise<EventBusHarness>;

/** The subscription of one process, with everything that it received. */
export interface RecordingSubscriber extends EventSubscription {
  readonly events: (LiveEvent & { readonly userId: UserId })[];
  readonly losses: (EventPosition & { readonly userId: UserId })[];
}

const anna = userId('1');
const bela = userId('user {b} of: many');

export const event = (id: UserId, name: string, data: unknown = null): NewEvent => ({
  userId: id,
  name,
  data: jsonText(data) ?? ('null' as JsonText),
  at: Date.UTC(2026, 2, 4, 5, 6, 7, 89),
});

export async function listenTo(bus: EventBus): Promise<RecordingSubscriber> {
  const events: RecordingSubscriber['events'] = [];
  const losses: RecordingSubscriber['losses'] = [];
  const subscription = await bus.listen({
    delivered: (id, delivered) => void events.push({ ...delivered, userId: id }),
    lost: (id, position) => void losses.push({ ...position, userId: id }),
  });
  return {
    events,
    losses,
    add: (id) => subscription.add(id),
    positionOf: (id) => subscription.positionOf(id),
    remove: (id) => subscription.remove(id),
    stop: () => subscription.stop(),
  };
}

/** Waits until `isSo` is true; fails after ten seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it did not come to it: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Returns the offsets of the events that can still be read, which must be the newest without a gap. */
async function keptOf(bus: EventBus, id: UserId): Promise<readonly number[]> {
  const { newest } = await bus.readAfter(id, nowhere, 1);
  for (let offset = 0; offset < newest.offset; offset++) {
    const history = await bus.readAfter(id, { ...newest, offset }, 1000);
    if (history.kind === 'found') return history.events.map((kept) => kept.offset);
  }
  return [];
}

const nowhere: EventPosition = { epoch: '', offset: 0 };

/** The contract of every `EventBus`. */
export function eventBusContract(name: string, open: OpenEventBus, runner: TestRunner = globalRunner()): void {
  const { describe, it, itInTime = it, afterEach } = runner;
  describe(`the contract of EventBus: ${name}`, () => {
    let harness: EventBusHarness;
    const subscribers: RecordingSubscriber[] = [];

    const start = async (bounds: Partial<HistoryBounds> = {}) => {
      harness = await open({ ...historyBounds, events: 50, ageMs: 60_000, ...bounds });
      return harness.buses;
    };
    const listen = async (bus: EventBus, ...ids: readonly UserId[]) => {
      const subscriber = await listenTo(bus);
      subscribers.push(subscriber);
      for (const id of ids) await subscriber.add(id);
      return subscriber;
    };
    afterEach(async () => {
      for (const subscriber of subscribers.splice(0)) await subscriber.stop();
      await harness.dispose();
    });

    it('gives each user a stream of his own, numbered from one without a gap', async () => {
      const [here, there] = await start();
      const first = await here.publish(event(anna, 'a'));
      const second = await there.publish(event(anna, 'b'));
      const other = await here.publish(event(bela, 'a'));
      expect([first.offset, second.offset, other.offset]).to.deep.equal([1, 2, 1]);
      expect(second.epoch).to.equal(first.epoch).and.not.equal('');
    });

    it('brings an event, as it was published, to every process that listens for its user, and to no other', async () => {
      const [here, there] = await start();
      const ours = await listen(here, anna);
      const theirs = await listen(there, anna, bela);
      const deaf = await listen(there, bela);
      const told = event(anna, 'note.added', { text: 'é\u2028\n"\\ \u0000 😀', n: 12_345_678_901, list: [1, [2]], none: null });
      const position = await here.publish(told);
      await until(() => ours.events.length === 1 && theirs.events.length === 1);
      expect(ours.events).to.deep.equal([{ ...told, ...position }]);
      expect(theirs.events).to.deep.equal(ours.events);
      expect(deaf.events).to.deep.equal([]);
    });

    it('delivers the events of a user in order and each once, whatever processes publish at once', async () => {
      const [here, there] = await start();
      const listening = await Promise.all([listen(here, anna, bela), listen(there, anna, bela)]);
      const work = Array.from({ length: 300 }, (_, index) =>
        (index % 2 === 0 ? here : there).publish(event(index % 3 === 0 ? bela : anna, 'n')),
      );
      await Promise.all(work);
      for (const subscriber of listening) {
        await until(() => subscriber.events.length >= 300);
        const offsets = (id: UserId) => subscriber.events.filter((delivered) => delivered.userId === id).map(({ offset }) => offset);
        expect(offsets(anna)).to.deep.equal(Array.from({ length: 200 }, (_, index) => index + 1));
        expect(offsets(bela)).to.deep.equal(Array.from({ length: 100 }, (_, index) => index + 1));
      }
    });

    it('assigns positions to concurrent events of one process in the order in which it published them', async () => {
      const [here] = await start();
      const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
      const told = await Promise.all(
        numbers.flatMap((number) => [here.publish(event(anna, `a${number}`)), here.publish(event(bela, `b${number}`))]),
      );
      expect(told.map(({ offset }) => offset)).to.deep.equal(numbers.flatMap((number) => [number, number]));
      const [last] = told.slice(-2);
      const history = await here.readAfter(anna, { epoch: last?.epoch ?? '', offset: 298 }, 10);
      expect(history.kind === 'found' && history.events.map(({ name: kept }) => kept)).to.deep.equal(['a299', 'a300']);
    });

    it('knows the position after which a listener gets events, and advances it with each event', async () => {
      const [here, there] = await start();
      const before = await here.publish(event(anna, 'before'));
      const subscriber = await listen(there, anna);
      expect(subscriber.positionOf(anna)).to.deep.equal(before);
      expect(subscriber.positionOf(bela)).to.equal(null);
      const after = await here.publish(event(anna, 'after'));
      await until(() => subscriber.events.length === 1);
      expect(subscriber.events[0]?.name).to.equal('after');
      expect(subscriber.positionOf(anna)).to.deep.equal(after);
      expect(subscriber.losses).to.deep.equal([]);
    });

    it('delivers nothing more for a user that was removed, and continues when the user is added again', async () => {
      const [here, there] = await start();
      const subscriber = await listen(there, anna);
      subscriber.remove(anna);
      await here.publish(event(anna, 'missed'));
      await subscriber.add(anna);
      await here.publish(event(anna, 'heard'));
      await until(() => subscriber.events.length > 0);
      expect(subscriber.events.map((delivered) => delivered.name)).to.deep.equal(['heard']);
      expect(subscriber.losses).to.deep.equal([]);
    });

    it('reads the events after a position, oldest first, no more than the limit', async () => {
      const [here, there] = await start();
      const { epoch } = await here.publish(event(anna, 'e1', { n: 1 }));
      for (const number of [2, 3, 4, 5]) await here.publish(event(anna, `e${number}`, { n: number }));
      const newest = { epoch, offset: 5 };
      const all = await there.readAfter(anna, { epoch, offset: 0 }, 100);
      expect(all).to.deep.equal({
        kind: 'found',
        events: [1, 2, 3, 4, 5].map((n) => ({ epoch, offset: n, name: `e${n}`, data: `{"n":${n}}`, at: event(anna, '').at })),
        newest,
      });
      const page = await there.readAfter(anna, { epoch, offset: 2 }, 2);
      expect(page.kind === 'found' && page.events.map(({ offset }) => offset)).to.deep.equal([3, 4]);
      expect(await there.readAfter(anna, newest, 100)).to.deep.equal({ kind: 'found', events: [], newest });
    });

    it('reports that a position is lost when it is of another epoch, or was never reached', async () => {
      const [here] = await start();
      const newest = await here.publish(event(anna, 'e'));
      for (const place of [
        { epoch: 'other', offset: 1 },
        { epoch: '', offset: 0 },
        { ...newest, offset: 2 },
      ]) {
        expect(await here.readAfter(anna, place, 10)).to.deep.equal({ kind: 'lost', newest });
      }
      const place = await here.readAfter(bela, newest, 10);
      expect(place.kind).to.equal('lost');
      expect(place.newest.offset).to.equal(0);
    });

    it('keeps only the last events, and reports that earlier ones are lost', async () => {
      const [here] = await start({ events: 5 });
      for (let number = 0; number < 12; number++) await here.publish(event(anna, 'e'));
      const { newest } = await here.readAfter(anna, { epoch: '', offset: 0 }, 10);
      expect((await here.readAfter(anna, { ...newest, offset: 6 }, 10)).kind).to.equal('lost');
      const kept = await here.readAfter(anna, { ...newest, offset: 7 }, 10);
      expect(kept.kind === 'found' && kept.events.map(({ offset }) => offset)).to.deep.equal([8, 9, 10, 11, 12]);
    });

    it('keeps the last events of a user within the bytes of one user, and reports that earlier ones are lost', async () => {
      const bytesPerUser = 64 * 1024;
      const [here, there] = await start({ bytesPerUser });
      for (let number = 0; number < 10; number++) await here.publish(event(anna, 'e', 'x'.repeat(25_000)));
      await here.publish(event(bela, 'e'));
      const kept = await keptOf(there, anna);
      expect(kept).to.deep.equal([9, 10]);
      expect(await keptOf(there, bela)).to.deep.equal([1]);
      for (let number = 0; number < 10; number++) await here.publish(event(anna, 'e'));
      expect(await keptOf(there, anna), 'of small events as many as there were').to.include.members([11, 20]);
    });

    it('drops the oldest events, of any user, when those of all users exceed the bytes', async () => {
      const [here, there] = await start({ bytesInAll: 128 * 1024 });
      const users = ['1', '2', '3', '4'].map((id) => userId(id));
      for (const id of users) {
        for (let number = 0; number < 2; number++) await here.publish(event(id, 'e', 'x'.repeat(25_000)));
      }
      const kept = await Promise.all(users.map((id) => keptOf(there, id)));
      expect(kept[0], 'the oldest').to.deep.equal([]);
      expect(kept[3], 'the newest').to.deep.equal([1, 2]);
      expect(kept.flat().length * 25_000).to.be.at.most(128 * 1024);
      expect(kept.flat().length, 'no more is lost than must be').to.be.at.least(4);
      await here.publish(event(users[0] ?? anna, 'e'));
      expect(await keptOf(there, users[0] ?? anna), 'no place is forgotten by it').to.deep.equal([3]);
    });

    itInTime('drops old events, and keeps the positions', async () => {
      const [here] = await start({ ageMs: 200 });
      const old = await here.publish(event(anna, 'old'));
      await harness.letPass(300);
      expect((await here.readAfter(anna, { ...old, offset: 0 }, 10)).kind).to.equal('lost');
      expect((await here.readAfter(anna, old, 10)).kind).to.equal('found');
      const next = await here.publish(event(anna, 'new'));
      expect(next).to.deep.equal({ ...old, offset: 2 });
      expect((await here.readAfter(anna, { ...old, offset: 0 }, 10)).kind).to.equal('lost');
      const history = await here.readAfter(anna, old, 10);
      expect(history.kind === 'found' && history.events.map((kept) => kept.name)).to.deep.equal(['new']);
    });

    it('begins a new epoch when everything was lost, notifies listeners, and continues', async () => {
      const [here, there] = await start();
      const subscriber = await listen(there, anna);
      const before = await here.publish(event(anna, 'before'));
      await until(() => subscriber.events.length === 1);
      await harness.loseAll();
      await until(() => subscriber.losses.length > 0);
      const after = await here.publish(event(anna, 'after'));
      await until(() => subscriber.events.length === 2);
      expect(after.epoch).not.to.equal(before.epoch);
      expect(subscriber.losses[0]).to.deep.include({ userId: anna, epoch: after.epoch });
      expect(subscriber.events[1]).to.deep.include({ name: 'after', epoch: after.epoch, offset: after.offset });
      expect((await here.readAfter(anna, before, 10)).kind).to.equal('lost');
    });

    it('publishes a change of state once, however many processes notice it', async () => {
      const [here, there] = await start();
      const subscriber = await listen(here, anna);
      const change = (bus: EventBus, previous: string | null, current: string) =>
        bus.publishChange(event(anna, 'state.changed', { current }), { previous, current });
      expect(await change(here, null, 'one'), 'known to nobody before').to.equal(false);
      expect(await change(there, null, 'one')).to.equal(false);
      const noticed = await Promise.all([change(here, 'one', 'two'), change(there, 'one', 'two'), change(there, null, 'two')]);
      expect(noticed.filter((isTold) => isTold)).to.have.lengthOf(1);
      expect(await change(there, 'two', 'one'), 'back again').to.equal(true);
      expect(
        await here.publishChange(event(bela, 'state.changed'), { previous: 'one', current: 'two' }),
        'known to the caller alone',
      ).to.equal(true);
      await until(() => subscriber.events.length >= 2);
      expect(subscriber.events.map(({ data }) => data)).to.deep.equal(['{"current":"two"}', '{"current":"one"}']);
    });

    it('publishes to every user that was connected recently', async () => {
      const [here, there] = await start();
      const subscriber = await listen(there, anna);
      const left = await listen(there, bela);
      const place = left.positionOf(bela);
      left.remove(bela);
      const { userId: _, ...announcement } = event(anna, 'maintenance.planned', { minutes: 5 });
      expect(await here.publishToAll(announcement)).to.equal(2);
      await until(() => subscriber.events.length === 1);
      expect(subscriber.events[0]).to.deep.include({ name: 'maintenance.planned', data: '{"minutes":5}' });
      const missed = await here.readAfter(bela, place ?? { epoch: '', offset: 0 }, 10);
      expect(missed.kind === 'found' && missed.events.map((kept) => kept.name)).to.deep.equal(['maintenance.planned']);
    });
  });
}
