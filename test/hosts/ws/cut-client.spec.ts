import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import sinon from 'sinon';
import { MemoryEventBus } from '../../../adapters/memory/live/memory-event-bus.js';
import { SeededRandom } from '../../../adapters/memory/seeded-random.js';
import { MemoryTicketStore } from '../../../adapters/memory/sessions/memory-ticket-store.js';
import { historyBounds } from '../../../core/domain/live/live-event.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { startRedisServer } from '../../support/servers/redis-server.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { bySize } from '../../support/test-size.js';
import { publish } from './support/event-stage.js';
import { runExample, type Seen, until } from './support/live-example.js';
import { ShiftedClock } from './support/shifted-clock.js';
import { startWsNode } from './support/ws-node-process.js';
import { openWsStage } from './support/ws-stage.js';

const [events, cuts] = bySize({ short: [500, 50], long: [2000, 200] });

describe('a client that is cut at random', () => {
  // what it waits between two attempts is a matter of chance
  beforeEach(() => sinon.stub(Math, 'random').returns(0.02));
  afterEach(() => sinon.restore());

  for (const seed of [1, 2]) {
    it(`sees each of ${events} events in order though it is cut ${cuts} times (seed ${seed})`, async () => {
      await using redis = await startRedisServer();
      await using near = await startWsNode({ redisPort: redis.port });
      await using far = await startWsNode({ redisPort: redis.port });
      const { token } = await near.signIn('1');
      await using proxy = await startTcpProxy(near.port);
      using client = await runExample({ url: `ws://127.0.0.1:${proxy.port}/ws`, getToken: async () => token });
      await untilHeard(client.events, () => near.publish('1', 'begin'));
      const begun = client.events.length;
      let published = 0;
      const publishWithinHistory = async () => {
        // history holds 200: a client that is further behind gets a gap reported
        await until(() => published - (client.events.length - begun) < 150);
        await far.publish('1', 'n');
        published += 1;
      };
      await cutAtRandom({ seed, cut: () => proxy.cut(), publish: publishWithinHistory });
      await untilHeard(client.events, () => far.publish('1', 'end'));
      expect(judge(client.seen)).to.deep.equal({ unexplained: [], gaps: 0 });
      expect(client.events.filter(({ name }) => name === 'n')).to.have.lengthOf(events);
    }).timeout(60_000);
  }

  it('gets each gap reported where history is too short for its cuts (seed 3)', async () => {
    const clock = new ShiftedClock();
    const historyLength = 6;
    const eventBus = new MemoryEventBus({ clock, random: new SeededRandom(), history: { ...historyBounds, events: historyLength } });
    await using stage = await openWsStage({ shared: () => ({ eventBus, tickets: new MemoryTicketStore({ clock }) }) });
    const { token } = await stage.signIn();
    await using proxy = await startTcpProxy(stage.port);
    using client = await runExample({ url: `ws://127.0.0.1:${proxy.port}/ws`, getToken: async () => token });
    await untilHeard(client.events, () => publish(stage, 'begin'));
    let done = 0;
    const cut = async () => {
      done += 1;
      if (done % 5 !== 0) return proxy.cut();
      // Once it is connected again it misses more than history holds, before it may connect again.
      await untilHeard(client.events, () => publish(stage, 'n'));
      proxy.behave('refuse');
      proxy.cut();
      for (let missed = 0; missed <= historyLength; missed += 1) await publish(stage, 'n');
      proxy.behave('pass');
    };
    await cutAtRandom({ seed: 3, cut, publish: () => publish(stage, 'n') });
    await untilHeard(client.events, () => publish(stage, 'end'));
    const { unexplained, gaps } = judge(client.seen);
    expect(unexplained).to.deep.equal([]);
    expect(gaps, 'the test is about gaps').to.be.greaterThan(5);
  }).timeout(60_000);
});

/** Publishes `events`, and cuts the connection after `cuts` of them. */
async function cutAtRandom(given: {
  readonly seed: number;
  readonly cut: () => void | Promise<void>;
  readonly publish: () => Promise<unknown>;
}): Promise<void> {
  const random = seededNumbers(given.seed);
  let cutsLeft = cuts;
  for (let left = events; left > 0; left--) {
    await given.publish();
    if (random() >= cutsLeft / left) continue;
    cutsLeft -= 1;
    await given.cut();
    await delay(random() * 20);
  }
}

/** Publishes until the client takes something new. */
async function untilHeard(events: readonly unknown[], publish: () => Promise<unknown>): Promise<void> {
  const before = events.length;
  for (let tries = 0; events.length === before && tries < 100; tries++) {
    await delay(100);
    await publish();
  }
}

/** Places where an offset does not follow the previous one, without a reported gap between them. */
function judge(seen: readonly Seen[]): { readonly unexplained: readonly Seen[]; readonly gaps: number } {
  const unexplained = seen.filter((offset, index) => {
    const before = seen[index - 1];
    if (offset === 'gap' || before === 'gap' || before === undefined) return false;
    return offset !== before + 1;
  });
  return { unexplained, gaps: seen.filter((entry) => entry === 'gap').length };
}
