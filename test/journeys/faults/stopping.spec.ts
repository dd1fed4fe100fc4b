import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connect, type WsClient } from '../../hosts/ws/support/ws-client.js';
import { itInTime } from '../../support/it-in-time.js';
import type { RunningServer } from '../../support/running-server.js';
import { eventually, logIn, phonePassword, registerSomeone } from '../support/phone.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';

/** Of one request: its status, or why it has none. */
type Outcome = number | string;

interface Sent {
  readonly token: string;
  readonly path?: string;
  readonly agent?: Agent;
}

/**
 * Resolves with `refused` where no connection was made, and with `reset` where a new one was cut before anything came of it: then there
 * was no request either.
 */
function get(url: string, { token, path = '/users/me', agent }: Sent): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const headers = { authorization: `Bearer ${token}` };
  const sent = request(`${url}${path}`, { headers, ...(agent === undefined ? { agent: false } : { agent }) }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
    response.on('error', (error) => resolve(error.message));
  });
  sent.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') resolve('refused');
    else resolve(error.code === 'ECONNRESET' && !sent.reusedSocket ? 'reset' : `${error.code} ${error.message}`);
  });
  sent.end();
  return promise;
}

/** Connections of a fifth of a second, at the pace of the test. */
const maxResets = 20;

describe('A process that is stopped', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());
  afterEach(() => {
    for (const wire of [stage.databaseWire, stage.redisWire]) wire.behave('pass');
  });

  const start = (env: Readonly<Record<string, string>> = {}) => stage.start({ args: ['serve', 'all'], env });

  it('at 200 requests a second, with 200 sockets open, leaves no request without a response, and notifies every socket', async function () {
    this.timeout(90_000);
    await using server = await start();
    const people = [];
    for (let count = 0; count < 10; count += 1) people.push(await registerSomeone(server.url));
    const tokens = people.map(({ access_token }) => access_token);
    const sockets: WsClient[] = [];
    for (let count = 0; count < 200; count += 20) {
      sockets.push(...(await Promise.all(tokens.flatMap((token) => [token, token]).map((token) => welcomed(server, token)))));
    }
    const agent = new Agent({ keepAlive: true });
    const outcomes: Promise<Outcome>[] = [];
    const onNewConnections: Promise<Outcome>[] = [];
    const readiness: Outcome[] = [];
    let isOver = false;
    const load = (async () => {
      for (let sent = 0; !isOver; sent += 1) {
        const token = tokens[sent % tokens.length] ?? '';
        const isReusing = sent % 2 === 0;
        const outcome = get(server.url, { token, ...(isReusing && { agent }) });
        outcomes.push(outcome);
        if (!isReusing) onNewConnections.push(outcome);
        await delay(5);
      }
    })();
    const watch = (async () => {
      while (!isOver || readiness.at(-1) !== 'refused') {
        readiness.push(await get(server.url, { token: '', path: '/readyz' }));
        await delay(20);
      }
    })();

    await delay(1500);
    const logins = people.slice(0, 4).map(({ email }) => logIn(server.url, email, phonePassword));
    await delay(30);
    const toldAt = performance.now();
    expect(await server.stop('SIGTERM')).to.equal(0);
    const tookMs = performance.now() - toldAt;
    isOver = true;
    await Promise.all([load, watch]);
    outcomes.push(get(server.url, { token: tokens[0] ?? '' })); // that it is gone shows, however soon it was
    agent.destroy();

    const ends = await Promise.all(outcomes);
    const counts = Object.entries(Object.groupBy(ends, String)).map(([outcome, list]) => `${list?.length} × ${outcome}`);
    console.log(`      stopped in ${Math.round(tookMs)} ms: ${counts.join(', ')}`);
    expect(tookMs).to.be.below(10_000);
    // A connection that the system accepted between the server's last `accept` and the closing of the port never reached the server,
    // and is reset. On a quiet machine that is one at most; where the server loses the processor in that instant, a few more. After
    // the first of them no new connection is served.
    const ofNew = await Promise.all(onNewConnections);
    const firstReset = ofNew.indexOf('reset');
    if (firstReset >= 0) expect(ofNew.slice(firstReset)).not.to.include(200);
    expect(ends.filter((outcome) => outcome === 'reset').length).to.be.at.most(maxResets);
    expect(server.output()).not.to.contain('isAborted');
    expect(new Set(ends.filter((outcome) => outcome !== 'reset'))).to.deep.equal(new Set([200, 'refused']));
    expect((await Promise.all(logins)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    const [whileServing, afterwards] = [readiness.indexOf(503), readiness.indexOf('refused')];
    expect(whileServing, 'not ready is said first').to.be.within(1, afterwards - 1);
    const codes = await Promise.all(sockets.map(async ({ ended }) => (await ended).code));
    expect(new Set(codes)).to.deep.equal(new Set([1001]));
  });

  itInTime('ends in time, with exit code 0, when none of its dependencies responds any more', async () => {
    await using server = await start({ SHUTDOWN_TIMEOUT_S: '4' });
    const { access_token } = await registerSomeone(server.url);
    for (const wire of [stage.databaseWire, stage.redisWire]) wire.behave('silence');
    const asked = get(server.url, { token: access_token });
    await delay(100);
    const toldAt = performance.now();
    expect(await server.stop('SIGTERM')).to.equal(0);
    expect(performance.now() - toldAt).to.be.below(4000 + 1500);
    expect(await asked).to.equal(503);
  }).timeout(40_000);

  itInTime('ends at once at the second signal', async () => {
    await using server = await start();
    const { access_token } = await registerSomeone(server.url);
    for (const wire of [stage.databaseWire, stage.redisWire]) wire.behave('silence');
    const asked = get(server.url, { token: access_token });
    await delay(100);
    process.kill(server.pid, 'SIGTERM');
    await eventually(
      async () => server.output(),
      (output) => output.includes('"stopping"'),
      10_000,
    );
    const toldAt = performance.now();
    expect(await server.stop('SIGTERM')).to.equal(1);
    expect(performance.now() - toldAt).to.be.below(1000);
    await asked;
  }).timeout(40_000);

  itInTime('with sockets only also reports first that it is not ready', async () => {
    await using server = await stage.start({ args: ['serve', 'ws'], env: { WS_PORT: '0' } });
    const readiness: Outcome[] = [];
    const stopped = server.stop('SIGTERM');
    for (let outcome: Outcome = 0; outcome !== 'refused'; readiness.push(outcome)) {
      outcome = await get(server.url, { token: '', path: '/readyz' });
      await delay(10);
    }
    expect(await stopped).to.equal(0);
    expect(readiness).to.include(503);
  }).timeout(40_000);
});

async function welcomed({ url }: RunningServer, token: string): Promise<WsClient> {
  const client = await connect(`${url.replace('http', 'ws')}/ws`, { token });
  await client.next('welcome');
  return client;
}
