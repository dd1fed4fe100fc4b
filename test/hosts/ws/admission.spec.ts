import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connectRaw } from './support/raw-client.js';
import { connect, refusedUpgrade } from './support/ws-client.js';
import { openWsStage, type WsStage } from './support/ws-stage.js';

describe('the admission to the WebSocket', () => {
  let stage: WsStage;
  before(async () => {
    stage = await openWsStage();
  });
  after(() => stage[Symbol.asyncDispose]());

  it('welcomes a token in the Authorization field', async () => {
    const { token, userId: id, sessionId } = await stage.signIn();
    await using client = await connect(stage.url, { token });
    const welcome = await client.next('welcome');
    expect(welcome).to.deep.include({ type: 'welcome', user_id: id, session_id: sessionId, ping_interval: 25, offset: 0 });
    expect(welcome.expires_in).to.be.within(898, 900);
    expect(welcome.epoch).to.match(/^[0-9a-f]{16}$/);
    expect(Object.keys(welcome).sort()).to.deep.equal(['epoch', 'expires_in', 'offset', 'ping_interval', 'session_id', 'type', 'user_id']);
  });

  it('welcomes a token in the query, as the earlier backend had it', async () => {
    const { token, sessionId } = await stage.signIn();
    await using client = await connect(stage.url, { query: { token } });
    expect((await client.next('welcome')).session_id).to.equal(sessionId);
  });

  it('welcomes a token in the first message', async () => {
    const { token, sessionId } = await stage.signIn();
    await using client = await connect(stage.url);
    client.say({ type: 'auth', token });
    expect((await client.next('welcome')).session_id).to.equal(sessionId);
  });

  it('welcomes a ticket, once, until the token behind it ends', async () => {
    const { token: _, ...session } = await stage.signIn();
    const { ticket, expiresIn } = await stage.issueTicket.execute({ ...session, expiresAt: stage.clock.now() + 600_000 });
    expect(expiresIn).to.equal(30);
    await using client = await connect(stage.url, { query: { ticket } });
    const welcome = await client.next('welcome');
    expect(welcome.session_id).to.equal(session.sessionId);
    expect(welcome.expires_in).to.be.within(598, 600);
    await using second = await connect(stage.url, { query: { ticket } });
    expect(await second.ended).to.deep.equal({ code: 4505, reason: { code: 'ticket_invalid', action: 'refresh' } });
  });

  it('sends the response to the handshake together with the welcome, and before it when the check takes time', async () => {
    await using prompt = await openWsStage({ settings: { limits: { tickMs: 60_000 } } });
    const { token } = await prompt.signIn();
    slowDown(prompt, delay(50));
    using quick = await connectRaw(prompt.port, token);
    const [answer] = await once(quick.socket, 'data');
    expect(String(answer)).to.match(/^HTTP\/1\.1 101 .*"type":"welcome"/s);

    await using slow = await openWsStage();
    const { token: other } = await slow.signIn();
    const { promise: isFree, resolve: free } = Promise.withResolvers<void>();
    slowDown(slow, isFree);
    using patient = await connectRaw(slow.port, other);
    const [early] = await once(patient.socket, 'data');
    expect(String(early))
      .to.match(/^HTTP\/1\.1 101 /)
      .and.not.include('welcome');
    free();
    expect(await patient.firstMessage).to.include('"type":"welcome"');
  });

  it('accepts messages before the welcome, and responds to them after it', async () => {
    const { token } = await stage.signIn();
    await using client = await connect(stage.url, { token });
    client.say({ type: 'ping' });
    await client.next('pong');
    expect(client.messages.map(({ type }) => type)).to.deep.equal(['welcome', 'pong']);
    await using other = await connect(stage.url);
    other.say({ type: 'auth', token });
    other.say({ type: 'ping' });
    await other.next('pong');
    expect(other.messages.map(({ type }) => type)).to.deep.equal(['welcome', 'pong']);
  });

  it('records in the audit log each admission, each refusal with its reason, and each end', async () => {
    await using stage = await openWsStage({ settings: { trustProxy: ['127.0.0.1'] } });
    const { token, userId: id, sessionId } = await stage.signIn({ user: 'audited' });
    const client = await connect(stage.url, { token, client: { headers: { 'user-agent': 'a phone', 'x-request-id': 'req-1' } } });
    await client.next('welcome');
    client.socket.close(1000);
    await client.ended;
    await using refused = await connect(stage.url, { query: { token: `${token}x` }, client: { headers: { 'x-request-id': 'req-2' } } });
    await refused.ended;
    const row = (event: string, request: string) =>
      stage.database.auditEvents.find((entry) => entry.event === event && entry.origin.requestId === request);
    for (;;) {
      if (row('ws_disconnect', 'req-1') !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const origin = { ip: '127.0.0.1', userAgent: 'a phone', requestId: 'req-1' };
    expect(row('ws_connect', 'req-1')).to.deep.include({
      outcome: 'success',
      userId: id,
      sessionId,
      actor: 'user',
      origin,
      details: { via: 'header' },
    });
    const left = row('ws_disconnect', 'req-1');
    expect(left).to.deep.include({ outcome: 'success', userId: id, sessionId, origin });
    expect(left?.details).to.have.all.keys('close_code', 'seconds').and.to.include({ close_code: 1000 });
    expect(left?.details['seconds']).to.be.within(0, 10);
    expect(row('ws_connect', 'req-2')).to.deep.include({
      outcome: 'denied',
      userId: null,
      actor: 'anonymous',
      details: { via: 'query', reason: 'token_invalid' },
    });
    expect(row('ws_disconnect', 'req-2')).to.equal(undefined);
  });

  it('leaves the address of a refused client in the log, before the upgrade and after it', async () => {
    await using stage = await openWsStage({ settings: { trustProxy: ['127.0.0.1'] } });
    const { token } = await stage.signIn();
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    await refusedUpgrade(stage.url, { origin: 'https://evil.example.org', headers });
    await using refused = await connect(stage.url, { token: `${token}x`, client: { headers } });
    await refused.ended;
    const fieldsOf = (message: string) => stage.logger.entries.filter((entry) => entry.message === message).map(({ fields }) => fields);
    for (const [message, code] of [
      ['upgrade refused', 'forbidden'],
      ['socket refused', 'token_invalid'],
    ] as const) {
      const [fields, ...more] = fieldsOf(message);
      expect(fields).to.include({ code, ip: '203.0.113.9' }).and.to.have.property('requestId');
      expect(more).to.deep.equal([]);
    }
  });

  it('takes the id of a request from trusted proxies alone', async () => {
    const { token } = await stage.signIn();
    await using client = await connect(stage.url, { token, client: { headers: { 'x-request-id': 'chosen', traceparent: 'any' } } });
    await client.next('welcome');
    const refused = await refusedUpgrade(stage.url, { origin: 'https://evil.example.org', headers: { 'x-request-id': 'chosen' } });
    expect(refused.headers['x-request-id']).to.match(/^[0-9a-f]{32}$/);
    expect(JSON.stringify([stage.logger.entries, stage.database.auditEvents])).not.to.include('"chosen"');
  });

  it('refuses the page of another origin before the upgrade, and admits its own and the listed ones', async () => {
    const { token } = await stage.signIn();
    const from = (origin: string) => ({ token, client: { origin } });
    for (const origin of [
      'https://evil.example.org',
      'null',
      `http://127.0.0.1:${stage.port + 1}`,
      'https://app.example.org.evil.example',
    ]) {
      const { status, body } = await refusedUpgrade(stage.url, { origin });
      expect(status, origin).to.equal(403);
      expect(JSON.parse(body), origin).to.deep.include({ status: 403, code: 'forbidden', action: 'none', type: '/problems/forbidden' });
    }
    for (const origin of ['https://app.example.org', `http://127.0.0.1:${stage.port}`]) {
      await using client = await connect(stage.url, from(origin));
      await client.next('welcome');
    }
  });

  it('responds to other paths and other versions of the protocol by HTTP', async () => {
    expect((await refusedUpgrade(stage.url.replace('/ws', '/other'))).status).to.equal(404);
    expect((await refusedUpgrade(`${stage.url}/`)).status).to.equal(404);
    const old = await refusedUpgrade(stage.url, { protocolVersion: 8 });
    expect(old.status).to.equal(426);
    expect(old.headers['sec-websocket-version']).to.equal('13');
  });

  it('refuses an address with too many handshakes before the upgrade, with the time until the next attempt', async () => {
    await using strict = await openWsStage({ handshakesAllowed: 3 });
    const { token } = await strict.signIn();
    for (let count = 0; count < 3; count++) {
      await using client = await connect(strict.url, { token });
      await client.next('welcome');
    }
    const { status, headers, body } = await refusedUpgrade(strict.url, { headers: { authorization: `Bearer ${token}` } });
    expect(status).to.equal(429);
    expect(Number(headers['retry-after'])).to.be.within(1, 300);
    expect(JSON.parse(body)).to.deep.include({ code: 'rate_limited', action: 'wait' });
  });

  it('knows no subprotocol and no compression', async () => {
    const { token } = await stage.signIn();
    await using client = await connect(stage.url, { token, client: { perMessageDeflate: true } });
    expect(client.socket.extensions).to.equal('');
    expect(client.socket.protocol).to.equal('');
  });
});

/** Every reader waits for it. */
function slowDown({ database }: WsStage, until: Promise<void>): void {
  const read = database.read.bind(database);
  database.read = (look) => until.then(() => read(look));
}
