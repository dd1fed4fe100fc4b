import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { openClient, publish } from './support/event-stage.js';
import { connectRaw, frame } from './support/raw-client.js';
import { connect, type WsClient } from './support/ws-client.js';
import { openWsStage } from './support/ws-stage.js';

const mib = 1024 * 1024;
const large = 'x'.repeat(60_000);

/** What the server sent to a client, nearly. */
const bytesTo = ({ messages }: WsClient): number => messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0);

const errorsOf = ({ messages }: WsClient): readonly string[] => messages.filter(({ type }) => type === 'error').map(({ code }) => code);

describe('the traffic that a client causes', () => {
  it('by repeated resumes is limited: each resume is charged for its replay, and the first is not refused', async () => {
    await using stage = await openWsStage();
    await using first = await openClient(stage);
    for (let count = 0; count < 4; count++) await publish(stage, 'e', large);
    for (let count = 0; count < 4; count++) await first.next('event');
    await using client = await openClient(stage);
    const resume = JSON.stringify({ type: 'resume', epoch: first.welcome.epoch, offset: 0 });
    for (let count = 0; count < 38; count++) client.say(resume);
    client.say({ type: 'ping' });
    await client.next('pong');
    expect(38 * resume.length, 'sent by the client').to.be.below(3000);
    expect(bytesTo(client), 'sent by the server').to.be.within(1.5 * mib, 2.8 * mib);
    expect(errorsOf(client)).to.include('rate_limited');
    const { retry_ms: retryMs } = client.messages.find(({ type }) => type === 'error') ?? {};
    expect(retryMs).to.be.within(1000, 10_000);
    await publish(stage, 'after');
    while ((await client.next('event')).name !== 'after');

    await using back = await openClient(stage);
    back.say({ type: 'resume', epoch: first.welcome.epoch, offset: first.welcome.offset });
    expect(await back.next('resumed'), 'a new connection gets what it missed').to.deep.include({ recovered: true });
  });

  it('by connecting and resuming again and again is bounded, too', async () => {
    await using stage = await openWsStage();
    await using first = await openClient(stage);
    for (let count = 0; count < 4; count++) await publish(stage, 'e', large);
    for (let count = 0; count < 4; count++) await first.next('event');
    let sent = 0;
    let refused = 0;
    for (let count = 0; count < 40; count++) {
      await using client = await openClient(stage);
      client.say({ type: 'resume', epoch: first.welcome.epoch, offset: 0 });
      const end = await Promise.race([client.next('resumed').then(() => null), client.ended]);
      sent += bytesTo(client);
      if (end?.code === 4429) refused += 1;
    }
    expect(sent, 'sent by the server').to.be.within(3 * mib, 5 * mib);
    expect(refused).to.be.at.least(20);
  });

  it('by events to many sockets of its user is charged for each of them, also after a new connection', async () => {
    await using stage = await openWsStage();
    const { token } = await stage.signIn({ user: 'fan' });
    await using bystander = await openClient(stage, 'other');
    const clients: WsClient[] = [];
    for (let count = 0; count < 10; count++) {
      const client = await connect(stage.url, { token });
      await client.next('welcome');
      clients.push(client);
    }
    const [sender, ...others] = clients;
    if (sender === undefined) throw new Error('there are ten');
    const ending = sender.ended;
    for (let count = 0; count < 30; count++) sender.say({ type: 'send', name: 'n', data: large });
    await delay(300);
    expect(errorsOf(sender)).to.include('rate_limited').and.have.lengthOf.at.least(20);
    const delivered = clients.reduce((sum, client) => sum + bytesTo(client), 0);
    expect(delivered).to.be.within(2 * mib, 3 * mib);

    const again = await connect(stage.url, { token });
    await again.next('welcome');
    again.say({ type: 'send', name: 'n', data: 'small' });
    expect((await again.next('error')).code).to.equal('rate_limited');

    while (sender.socket.readyState === sender.socket.OPEN) {
      sender.say({ type: 'send', name: 'n', data: large });
      await delay(60);
    }
    expect(await ending, 'of one who does not stop').to.deep.include({ code: 4429 });
    expect(others.every(({ socket }) => socket.readyState === socket.OPEN)).to.equal(true);
    bystander.say({ type: 'send', name: 'n', data: large });
    await bystander.next('event');
    for (const client of [...clients, again]) await client[Symbol.asyncDispose]();
  });

  it('and sends in vain is not read: a long message is refused while nothing is left, whatever its content', async () => {
    await using stage = await openWsStage({ settings: { limits: { trafficBurst: 100_000 } } });
    await using client = await openClient(stage);
    client.say({ type: 'send', name: 'n', data: large });
    await client.next('event');
    client.say({ type: 'send', name: 'n', data: large });
    expect(await client.next('error')).to.deep.include({ code: 'rate_limited' });
    client.say(`no JSON, ${large}`);
    expect(await client.next('error')).to.deep.include({ code: 'rate_limited' });
    expect(stage.metrics.received).to.deep.equal(new Map([['send', 3]]));
    client.say('no JSON');
    expect(await client.ended, 'a short message is read').to.deep.include({ code: 4500 });
  });

  it('by long messages has their bytes collected', async () => {
    let collections = 0;
    const limits = { messageBurst: 100, trafficBurst: 100 * mib };
    await using stage = await openWsStage({ settings: { limits, collectYoung: () => void collections++ } });
    await using client = await openClient(stage);
    for (let count = 0; count < 100; count++) {
      client.say({ type: 'send', name: 'n', data: large });
      await client.next('event');
    }
    // 6 MB came, of which there are three copies
    expect(collections).to.equal(1);
  });

  it('is charged by the bytes sent, where numbers are longer than the client wrote them', async () => {
    await using stage = await openWsStage();
    await using client = await openClient(stage);
    const numbers = `{"type":"send","name":"n","data":[${'1e20,'.repeat(2900)}1]}`;
    for (let count = 0; count < 38; count++) client.say(numbers);
    client.say({ type: 'ping' });
    await client.next('pong');
    expect(38 * numbers.length).to.be.below(0.6 * mib);
    expect(errorsOf(client)).to.include('rate_limited');
  });

  it('by renewals is charged as ten messages each', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn();
    await using client = await connect(stage.url, { token: session.token });
    await client.next('welcome');
    const renewal = { type: 'auth', token: await stage.token(session) };
    for (let count = 0; count < 3; count++) {
      client.say(renewal);
      await client.next('authenticated');
    }
    for (let count = 0; count < 3; count++) client.say(renewal);
    expect(await client.ended).to.deep.include({ code: 4429 });
    expect(stage.metrics.sent.get('authenticated')).to.be.at.most(4);
  });

  it('by not reading is bounded for all clients together: those that hold most are cut', async () => {
    await using stage = await openWsStage({ settings: { limits: { maxHeldBytes: 2 * mib } } });
    await using reader = await openClient(stage, 'reader');
    const deaf: WsClient[] = [];
    for (let count = 0; count < 5; count++) {
      const client = await openClient(stage, `deaf${count}`);
      client.socket.pause();
      deaf.push(client);
    }
    // what the network takes, and then 0.6 MB that must wait: each client is within its own bound, five are not
    const waiting = 10;
    for (const user of deaf.keys()) {
      for (let count = 0; count < 200 && stage.host.heldBytes < user * waiting * large.length; count++) {
        await publish(stage, 'n', large, `deaf${user}`);
      }
      for (let count = 0; count < waiting && stage.metrics.slow === 0; count++) await publish(stage, 'n', large, `deaf${user}`);
    }
    expect(stage.metrics.slow).to.be.within(1, 4);
    expect(stage.host.heldBytes).to.be.at.most(2 * mib);
    await publish(stage, 'n', large, 'reader');
    await reader.next('event');
    for (const client of deaf) await client[Symbol.asyncDispose]();
    for (let tries = 0; stage.host.heldBytes > 0 && tries < 1000; tries++) await delay(5);
    expect(stage.host.heldBytes).to.equal(0);
  });

  it('by messages that do not end is bounded for all clients together, admitted or not', async () => {
    await using stage = await openWsStage({ settings: { limits: { maxHeldBytes: mib } } });
    await using reader = await openClient(stage, 'reader');
    const { token } = await stage.signIn();
    const unfinished = {
      'a frame': frame({ opcode: 1, payload: Buffer.alloc(60_000, 0x20) }).subarray(0, -1),
      'a message in frames': frame({ opcode: 1, payload: Buffer.alloc(60_000, 0x20), isFinal: false }),
    };
    for (const [kind, bytes] of Object.entries(unfinished)) {
      using clients = new DisposableStack();
      const ends: Promise<number | null>[] = [];
      for (let count = 0; count < 30; count++) {
        // every second one never sends a credential
        const client = clients.use(await connectRaw(stage.port, count % 2 === 0 ? token : null));
        ends.push(client.closed);
        client.socket.write(bytes);
      }
      const cut = await Promise.race([Promise.any(ends), delay(3000, 'none')]);
      expect(cut, kind).to.equal(null);
      expect(stage.host.heldBytes, kind).to.be.within(mib / 2, mib);
    }
    reader.say({ type: 'ping' });
    await reader.next('pong');
  });

  it('by a message in single bytes ends with 1008 after some hundred of them', async () => {
    await using stage = await openWsStage();
    const { token } = await stage.signIn();
    using client = await connectRaw(stage.port, token);
    await client.firstMessage;
    let isClosed = false;
    const closed = client.closed.then((code) => {
      isClosed = true;
      return code;
    });
    let written = 0;
    for (const byte of frame({ opcode: 1, payload: Buffer.alloc(4000, 0x20) })) {
      if (isClosed) break;
      client.socket.write(Buffer.from([byte]));
      written += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await closed).to.equal(1008);
    expect(written).to.be.below(3000);
  });
});
