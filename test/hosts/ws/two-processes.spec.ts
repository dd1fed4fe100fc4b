import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { itInTime } from '../../support/it-in-time.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { connect, type WsClient } from './support/ws-client.js';
import { startWsNode, type WsNode } from './support/ws-node-process.js';

describe('two processes with one Redis', () => {
  let redis: RedisServer;
  let here: WsNode;
  let there: WsNode;
  before(async () => {
    redis = await startRedisServer();
    [here, there] = await Promise.all([startWsNode({ redisPort: redis.port }), startWsNode({ redisPort: redis.port })]);
  });
  after(async () => {
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });

  const open = async (node: WsNode, user: string) => {
    const session = await here.signIn(user);
    const client = await connect(node.url, { token: session.token });
    return Object.assign(client, { session, welcome: await client.next('welcome') });
  };
  const offsetsOf = (client: WsClient) => client.messages.filter(({ type }) => type === 'event').map(({ offset }) => offset);

  it('deliver events of one process to the sockets of the other', async () => {
    await using ours = await open(here, '1');
    await using theirs = await open(there, '1');
    await using stranger = await open(there, '2');
    await here.publish('1', 'order.shipped', { id: 7 });
    expect(await theirs.next('event')).to.deep.include({ name: 'order.shipped', data: { id: 7 }, offset: 1 });
    expect(await ours.next('event')).to.deep.equal(theirs.messages[1]);
    theirs.say({ type: 'send', name: 'typing', data: true });
    expect(await ours.next('event')).to.deep.include({ name: 'typing', data: true, offset: 2 });
    await theirs.next('event');
    expect(stranger.messages).to.have.lengthOf(1);
  });

  it('take a ticket of one on the other, once in both', async () => {
    const session = await here.signIn('1');
    await there.share(session);
    const ticket = await here.ticket(session);
    await using client = await connect(there.url, { query: { ticket } });
    expect((await client.next('welcome')).session_id).to.equal(session.sessionId);
    await using again = await connect(here.url, { query: { ticket } });
    expect((await again.ended).code).to.equal(4505);
  });

  itInTime('close the sockets of a session within a second, wherever it was ended', async () => {
    await using client = await open(there, '3');
    await using other = await open(there, '3');
    const startedAt = performance.now();
    await here.revoke(client.session.sessionId);
    expect((await client.ended).code).to.equal(4501);
    expect(performance.now() - startedAt).to.be.below(1000);
    other.say({ type: 'ping' });
    await other.next('pong');
  });

  it('let a client resume at the other the events that it missed', async () => {
    const client = await open(here, '4');
    await there.publish('4', 'a');
    await client.next('event');
    await client[Symbol.asyncDispose]();
    for (const name of ['b', 'c']) await here.publish('4', name);
    await using back = await open(there, '4');
    expect(back.welcome).to.deep.include({ epoch: client.welcome.epoch, offset: 3 });
    back.say({ type: 'resume', epoch: client.welcome.epoch, offset: 1 });
    expect(await back.next('resumed')).to.deep.include({ recovered: true, offset: 3 });
    expect(offsetsOf(back)).to.deep.equal([2, 3]);
  });

  it('lose nothing while Redis is frozen', async () => {
    await using client = await open(there, '5');
    await here.publish('5', 'before');
    redis.freeze();
    const refused = await here.publish('5', 'refused').then(
      () => null,
      (error: Error) => error,
    );
    expect(refused?.message).to.include('dependency_unavailable');
    await delay(1500);
    redis.thaw();
    await eventually(() => here.publish('5', 'after'));
    for (let last = ''; last !== 'after'; ) last = (await client.next('event')).name;
    const offsets = offsetsOf(client);
    expect(offsets).to.deep.equal(offsets.map((_, index) => index + 1));
    expect(client.messages.some(({ type }) => type === 'resumed')).to.equal(false);
  });

  it('keep their sockets when Redis is killed; once it is back, the gap is reported and delivery continues', async () => {
    await using ours = await open(here, '6');
    await using theirs = await open(there, '6');
    await here.publish('6', 'before');
    await ours.next('event');
    await theirs.next('event');
    await redis.kill();
    await using newcomer = await open(there, '9');
    expect(newcomer.welcome, 'let in, its place unknown').to.deep.include({ epoch: '', offset: 0 });
    for (const client of [ours, theirs, newcomer]) {
      client.say({ type: 'ping' });
      await client.next('pong');
    }
    ours.say({ type: 'send', name: 'n', data: null });
    expect((await ours.next('error')).code).to.equal('dependency_unavailable');
    await redis.start();
    const told = await Promise.all([ours, theirs, newcomer].map((client) => client.next('resumed')));
    for (const { recovered, offset } of told) expect({ recovered, offset }).to.deep.equal({ recovered: false, offset: 0 });
    expect(told[0]?.epoch).to.equal(told[1]?.epoch).and.not.equal(ours.welcome.epoch);
    await eventually(() => here.publish('6', 'after'));
    for (const client of [ours, theirs]) expect(await client.next('event')).to.deep.include({ name: 'after', offset: 1 });
    await here.publish('9', 'first');
    expect(await newcomer.next('event')).to.deep.include({ name: 'first', offset: 1 });
  });

  itInTime('close the sockets of an ended session within a second while Redis is dead', async () => {
    await using client = await open(here, '7');
    await redis.kill();
    const startedAt = performance.now();
    await here.revoke(client.session.sessionId);
    expect((await client.ended).code).to.equal(4501);
    expect(performance.now() - startedAt).to.be.below(1000);
    await redis.start();
  });

  it('let a client continue at the other when one is killed', async () => {
    await using doomed = await startWsNode({ redisPort: redis.port });
    const client = await open(doomed, '8');
    await eventually(() => here.publish('8', 'a'));
    const { offset } = await client.next('event');
    await doomed.kill();
    expect((await client.ended).code).to.equal(1006);
    await there.publish('8', 'b');
    await using back = await open(there, '8');
    back.say({ type: 'resume', epoch: client.welcome.epoch, offset });
    expect((await back.next('event')).name).to.equal('b');
    expect((await back.next('resumed')).recovered).to.equal(true);
  });
});

async function eventually(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 40) throw error;
      await delay(50);
    }
  }
}
