import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import sinon from 'sinon';
import { MemoryEventBus } from '../../../adapters/memory/live/memory-event-bus.js';
import { SeededRandom } from '../../../adapters/memory/seeded-random.js';
import { MemoryTicketStore } from '../../../adapters/memory/sessions/memory-ticket-store.js';
import { projectRoot } from '../../support/project-root.js';
import { publish } from './support/event-stage.js';
import { runExample, until } from './support/live-example.js';
import { ShiftedClock } from './support/shifted-clock.js';
import { openWsStage } from './support/ws-stage.js';

describe('the example client', () => {
  // what it waits between two attempts is a matter of chance
  beforeEach(() => sinon.stub(Math, 'random').returns(0.02));
  afterEach(() => sinon.restore());

  it('has less than 100 lines', async () => {
    const text = await readFile(join(projectRoot(), 'examples/websocket-client.mjs'), 'utf8');
    expect(text.trimEnd().split('\n').length).to.be.below(100);
  });

  it('takes events, sends some, and closes', async () => {
    await using stage = await openWsStage();
    const { token } = await stage.signIn();
    using client = await runExample({ url: stage.url, getToken: async () => token });
    await until(() => stage.metrics.sent.get('welcome') === 1);
    await publish(stage, 'order.shipped');
    await until(() => client.events.length === 1);
    client.send('typing', { isOn: true });
    await until(() => client.events.length === 2);
    expect(client.events[1]).to.deep.include({ name: 'typing', data: { isOn: true }, offset: 2 });
    client.close();
    await until(() => stage.host.openSockets === 0);
    expect(stage.metrics.closes).to.deep.equal([1000]);
  });

  it('renews its token in the open socket', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn({ seconds: 60 });
    const asked: string[] = [];
    using _client = await runExample({
      url: stage.url,
      getToken: async (why) => {
        asked.push(why);
        return why === 'connect' ? session.token : await stage.token(session, 900);
      },
    });
    await until(() => stage.metrics.sent.get('welcome') === 1);
    stage.clock.advance(40_000);
    await until(() => stage.metrics.sent.get('authenticated') === 1);
    stage.clock.advance(60_000);
    await delay(300);
    expect(stage.metrics.closes).to.deep.equal([]);
    expect(asked).to.deep.equal(['connect', 'renew']);
  });

  it('comes back with a new token when its own has expired', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn();
    const expired = await stage.token(session, -60);
    using _client = await runExample({ url: stage.url, getToken: async (why) => (why === 'refused' ? session.token : expired) });
    await until(() => stage.metrics.sent.get('welcome') === 1);
    expect(stage.metrics.closes).to.deep.equal([4401]);
  });

  it('ends when its session is ended, and reports it', async () => {
    await using stage = await openWsStage();
    const { token, sessionId } = await stage.signIn();
    using client = await runExample({ url: stage.url, getToken: async () => token });
    await until(() => stage.metrics.sent.get('welcome') === 1);
    await stage.revoke(sessionId);
    expect(await client.ended).to.deep.equal({ code: 'session_revoked', action: 'login' });
    await delay(200);
    expect(stage.metrics.sent.get('welcome')).to.equal(1);
  });

  it('comes back to another process when its own goes away', async () => {
    const clock = new ShiftedClock();
    const bus = new MemoryEventBus({ clock, random: new SeededRandom() });
    const shared = () => ({ eventBus: bus, tickets: new MemoryTicketStore({ clock }) });
    await using first = await openWsStage({ shared });
    await using second = await openWsStage({ shared });
    const { token } = await first.signIn();
    await second.signIn();
    let port = first.port;
    const balancer = createServer((socket) => void pipeline(socket, connect(port, '127.0.0.1'), socket, () => {}));
    balancer.listen(0, '127.0.0.1');
    await once(balancer, 'listening');
    // a cast: a TCP server that listens has such an address
    const url = `ws://127.0.0.1:${(balancer.address() as AddressInfo).port}/ws`;
    using client = await runExample({ url, getToken: async () => token });
    await until(() => first.metrics.sent.get('welcome') === 1);
    await publish(first, 'a');
    await until(() => client.seen.length === 1);
    port = second.port;
    await first.host.close(500);
    await publish(second, 'b');
    await until(() => client.seen.length === 2);
    expect(client.seen).to.deep.equal([1, 2]);
    client.close();
    balancer.close();
  });
});
