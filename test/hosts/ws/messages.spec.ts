import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connect } from './support/ws-client.js';
import { openWsStage, type WsStage } from './support/ws-stage.js';

describe('messages of a client', () => {
  let stage: WsStage;
  before(async () => {
    stage = await openWsStage();
  });
  after(() => stage[Symbol.asyncDispose]());

  const open = async (user = '1') => {
    const client = await connect(stage.url, { token: (await stage.signIn({ user })).token });
    await client.next('welcome');
    return client;
  };

  const bad: readonly unknown[] = [
    'ping',
    '',
    'null',
    '"ping"',
    '[{"type":"ping"}]',
    '{"type":"ping"',
    '{"type":"ping"}{"type":"ping"}',
    {},
    { type: 'unknown' },
    { type: 1 },
    { type: null },
    { type: ['ping'] },
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'constructor' },
    { type: 'ping', extra: 1 },
    '{"__proto__":{"type":"ping"}}',
    '{"type":"ping","__proto__":null}',
    { type: 'auth' },
    { type: 'auth', token: 1 },
    { type: 'auth', token: 'x'.repeat(9000) },
    { type: 'resume', epoch: 'e' },
    { type: 'resume', epoch: 'e', offset: -1 },
    { type: 'resume', epoch: 'e', offset: 1.5 },
    { type: 'resume', epoch: 'e', offset: '1' },
    '{"type":"resume","epoch":"e","offset":1e999}',
    { type: 'resume', epoch: 1, offset: 1 },
    { type: 'resume', epoch: 'e'.repeat(65), offset: 1 },
    { type: 'send', name: 'n' },
    { type: 'send', data: 1 },
    { type: 'send', name: 1, data: 1 },
    { type: 'send', name: 'n', data: 1, to: '2' },
    `{"type":"send","name":"n","data":${'['.repeat(60_000)}`,
  ];

  for (const message of bad) {
    const title = typeof message === 'string' ? message : JSON.stringify(message);
    it(`end the connection with 4500: ${title.slice(0, 60)}`, async () => {
      await using client = await open();
      client.say(message);
      expect(await client.ended).to.deep.equal({ code: 4500, reason: { code: 'bad_message', action: 'fix' } });
    });
  }

  const unwelcome: readonly (readonly [message: unknown, code: string])[] = [
    [{ type: 'send', name: 'profile.updated', data: null }, 'forbidden'],
    [{ type: 'send', name: 'a.b', data: null }, 'forbidden'],
    [{ type: 'send', name: '', data: null }, 'validation_failed'],
    [{ type: 'send', name: '.', data: null }, 'validation_failed'],
    [{ type: 'send', name: 'é', data: null }, 'validation_failed'],
    [{ type: 'send', name: 'a\n', data: null }, 'validation_failed'],
    [{ type: 'send', name: 'x'.repeat(65), data: null }, 'validation_failed'],
    [`{"type":"send","name":"deep","data":${'['.repeat(33)}${']'.repeat(33)}}`, 'validation_failed'],
    [`{"type":"send","name":"deep","data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'validation_failed'],
    [{ type: 'send', name: 'big', data: 'x'.repeat(64_000) }, 'payload_too_large'],
    [`{"type":"send","name":"grown","data":[${'1e20,'.repeat(10_000)}1]}`, 'payload_too_large'],
  ];

  for (const [message, code] of unwelcome) {
    const title = typeof message === 'string' ? message : JSON.stringify(message);
    it(`get ${code} and leave the connection open: ${title.slice(0, 60)}`, async () => {
      await using client = await open();
      client.say(message);
      const error = await client.next('error');
      expect(error.code).to.equal(code);
      expect(error.detail).to.be.a('string').and.not.equal('');
      client.say({ type: 'ping' });
      await client.next('pong');
    });
  }

  it('reach every socket of the same user, the sender too, and no other user', async () => {
    await using phone = await open('3');
    await using tablet = await open('3');
    await using stranger = await open('4');
    const data = { text: 'é "quoted" \u2028', list: [1, null, { a: true }] };
    phone.say({ type: 'send', name: 'note_added', data });
    const [here, there] = [await phone.next('event'), await tablet.next('event')];
    expect(here).to.deep.include({ type: 'event', offset: 1, name: 'note_added', data });
    expect(Object.keys(here).sort()).to.deep.equal(['at', 'data', 'name', 'offset', 'type']);
    expect(here.at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(here.at) - Date.now())).to.be.below(5000);
    expect(there).to.deep.equal(here);
    await delay(20);
    expect(stranger.messages).to.have.lengthOf(1);
  });

  it('are taken at 20 a second for as long as they come, and end the connection with 4429 when there are more', async () => {
    await using steady = await open('5');
    await using greedy = await open('6');
    const ending = greedy.ended;
    for (let count = 0; count < 60; count++) {
      steady.say({ type: 'ping' });
      for (let more = 0; more < 3; more++) if (greedy.socket.readyState === greedy.socket.OPEN) greedy.say({ type: 'ping' });
      await delay(50);
    }
    const { code, reason } = await ending;
    expect(code).to.equal(4429);
    expect(reason).to.deep.include({ code: 'too_many_messages', action: 'wait' });
    expect(reason.retry_ms).to.be.within(1000, 5000);
    for (let count = 0; count < 60; count++) await steady.next('pong');
  });

  it('are taken in their order though they are large and come faster than they can be handled', async () => {
    await using client = await open('8');
    const data = 'x'.repeat(60_000);
    for (let number = 0; number < 30; number++) client.say({ type: 'send', name: `n${number}`, data });
    for (let number = 0; number < 30; number++) expect((await client.next('event')).name).to.equal(`n${number}`);
    client.say({ type: 'ping' });
    await client.next('pong');
  });

  it('may come a few at once', async () => {
    await using client = await open('7');
    for (let count = 0; count < 30; count++) client.say({ type: 'ping' });
    for (let count = 0; count < 30; count++) await client.next('pong');
  });

  it('are counted by their type, and so are the responses', async () => {
    await using fresh = await openWsStage();
    const client = await connect(fresh.url, { token: (await fresh.signIn()).token });
    await client.next('welcome');
    client.say({ type: 'ping' });
    client.say({ type: 'send', name: 'n', data: 1 });
    await client.next('event');
    expect(fresh.metrics.open).to.equal(1);
    client.say({ type: 'no such thing' });
    await client.ended;
    for (let tries = 0; fresh.metrics.open > 0 && tries < 2000; tries++) await delay(5);
    expect(Object.fromEntries(fresh.metrics.received)).to.deep.equal({ ping: 1, send: 1, invalid: 1 });
    expect(Object.fromEntries(fresh.metrics.sent)).to.deep.equal({ welcome: 1, pong: 1, event: 1 });
    expect(fresh.metrics.closes).to.deep.equal([4500]);
    expect(fresh.metrics.delays).to.have.lengthOf(1);
  });
});
