import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { itInTime } from '../../support/it-in-time.js';
import { connect } from './support/ws-client.js';
import { openWsStage, sampleUser } from './support/ws-stage.js';

describe('the life of a connection', () => {
  it('announces the end of its token between 45 and 25 seconds before, and closes with 4401 at it', async () => {
    await using stage = await openWsStage({ settings: { limits: { tickMs: 10 } } });
    const { token } = await stage.signIn({ seconds: 120 });
    await using client = await connect(stage.url, { token });
    await client.next('welcome');
    stage.clock.advance(74_000);
    await delay(50);
    expect(client.messages.map(({ type }) => type)).to.deep.equal(['welcome']);
    stage.clock.advance(20_500);
    expect((await client.next('token_expiring')).expires_in).to.be.within(24, 25);
    stage.clock.advance(30_000);
    expect(await client.ended).to.deep.equal({ code: 4401, reason: { code: 'token_expired', action: 'refresh' } });
    expect(client.messages).to.have.lengthOf(2);
  });

  it('announces it at once where the token ends sooner than that', async () => {
    await using stage = await openWsStage({ settings: { limits: { tickMs: 10 } } });
    await using client = await connect(stage.url, { token: (await stage.signIn({ seconds: 20 })).token });
    await client.next('welcome');
    expect((await client.next('token_expiring')).expires_in).to.be.within(18, 20);
  });

  it('is announced to twenty sockets whose tokens end together at instants that lie apart', async () => {
    await using stage = await openWsStage({ settings: { limits: { tickMs: 10 } } });
    const { token } = await stage.signIn({ seconds: 120 });
    const clients = await Promise.all(Array.from({ length: 20 }, () => connect(stage.url, { token })));
    for (const client of clients) await client.next('welcome');
    const toldAt = new Map<object, number>();
    stage.clock.advance(74_000);
    for (let second = 1; second <= 21; second += 1) {
      stage.clock.advance(1000);
      await delay(30);
      const told = clients.filter((client) => !toldAt.has(client) && client.messages.some(({ type }) => type === 'token_expiring'));
      for (const client of told) toldAt.set(client, second);
    }
    expect(toldAt.size).to.equal(20);
    expect(new Set(toldAt.values()).size).to.be.greaterThan(6);
    for (const client of clients) client.socket.terminate();
  });

  it('lives on with a newer token, in the same socket', async () => {
    await using stage = await openWsStage({ settings: { limits: { tickMs: 10 } } });
    const session = await stage.signIn({ seconds: 60 });
    await using client = await connect(stage.url, { token: session.token });
    await client.next('welcome');
    stage.clock.advance(40_000);
    await client.next('token_expiring');
    client.say({ type: 'auth', token: await stage.token(session, 900) });
    expect((await client.next('authenticated')).expires_in).to.be.within(898, 900);
    stage.clock.advance(60_000);
    client.say({ type: 'ping' });
    await client.next('pong');
    stage.clock.advance(815_000);
    await client.next('token_expiring');
  });

  it('takes no token of another session or user for its own', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn();
    for (const foreign of [await stage.signIn(), await stage.signIn({ user: '2' })]) {
      await using client = await connect(stage.url, { token: session.token });
      await client.next('welcome');
      client.say({ type: 'auth', token: foreign.token });
      expect(await client.ended).to.deep.equal({ code: 4505, reason: { code: 'foreign_token', action: 'refresh' } });
    }
  });

  it('does not live on for a session that ended, nor for an account that was closed', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn();
    await using client = await connect(stage.url, { token: session.token });
    await client.next('welcome');
    await stage.database.putAccount({ user: sampleUser(session.userId, false) });
    client.say({ type: 'auth', token: await stage.token(session, 900) });
    expect((await client.ended).code).to.equal(4503);
  });

  it('keeps its socket when a renewal cannot be judged, and may try again', async () => {
    await using stage = await openWsStage();
    const session = await stage.signIn();
    await using client = await connect(stage.url, { token: session.token });
    await client.next('welcome');
    const read = stage.database.read;
    stage.database.read = () => Promise.reject(new AuthError('dependency_unavailable'));
    client.say({ type: 'auth', token: await stage.token(session, 900) });
    expect((await client.next('error')).code).to.equal('dependency_unavailable');
    stage.database.read = read;
    client.say({ type: 'auth', token: await stage.token(session, 900) });
    await client.next('authenticated');
  });

  itInTime('ends with its session within a second, with or without the feed', async () => {
    await using stage = await openWsStage();
    for (const isAnnounced of [true, false]) {
      const { token, sessionId } = await stage.signIn();
      const other = await stage.signIn();
      await using client = await connect(stage.url, { token });
      await using survivor = await connect(stage.url, { token: other.token });
      await client.next('welcome');
      await survivor.next('welcome');
      const startedAt = performance.now();
      await stage.revoke(sessionId, { isAnnounced });
      expect(await client.ended).to.deep.equal({ code: 4501, reason: { code: 'session_revoked', action: 'login' } });
      expect(performance.now() - startedAt, `announced: ${isAnnounced}`).to.be.below(1000);
      survivor.say({ type: 'ping' });
      await survivor.next('pong');
    }
  });

  it('ends with 4503 when its session ended because the account was closed', async () => {
    await using stage = await openWsStage();
    for (const isAnnounced of [true, false]) {
      const { token, sessionId } = await stage.signIn();
      await using client = await connect(stage.url, { token });
      await client.next('welcome');
      await stage.revoke(sessionId, { isAnnounced, reason: 'account_disabled' });
      expect(await client.ended).to.deep.equal({ code: 4503, reason: { code: 'account_disabled', action: 'none' } });
    }
  });

  itInTime('sends protocol pings, and closes the connection of a client that does not respond', async () => {
    await using stage = await openWsStage({ settings: { limits: { pingIntervalMs: 200, pongTimeoutMs: 100, tickMs: 10 } } });
    const { token } = await stage.signIn();
    await using silent = await connect(stage.url, { token, client: { autoPong: false } });
    await using living = await connect(stage.url, { token });
    const startedAt = performance.now();
    await once(silent.socket, 'ping');
    expect((await silent.ended).code).to.equal(1006);
    expect(performance.now() - startedAt).to.be.within(250, 600);
    await delay(500);
    living.say({ type: 'ping' });
    await living.next('pong');
    expect(stage.host.openSockets).to.equal(1);
    expect(stage.metrics.closes).to.deep.equal([1006]);
  });

  itInTime('is sent away with 1001 when the server stops, each with a time of its own to come back', async () => {
    await using stage = await openWsStage();
    const clients = [];
    for (let user = 0; user < 40; user++) {
      const { token } = await stage.signIn({ user: `u${user}` });
      clients.push(await connect(stage.url, { token }));
    }
    for (const client of clients) await client.next('welcome');
    const startedAt = performance.now();
    await stage.host.close(2000);
    expect(performance.now() - startedAt).to.be.below(1900);
    const endings = await Promise.all(clients.map(({ ended }) => ended));
    expect(new Set(endings.map(({ code }) => code))).to.deep.equal(new Set([1001]));
    expect(endings[0]?.reason).to.deep.include({ code: 'going_away', action: 'retry' });
    expect(new Set(endings.map(({ reason }) => reason.retry_ms)).size).to.be.greaterThan(20);
    expect(stage.host.openSockets).to.equal(0);
    const ends = stage.database.auditEvents.filter(({ event }) => event === 'ws_disconnect');
    expect(ends).to.have.lengthOf(40);
    await using late = await connect(stage.url);
    expect((await late.ended).code).to.equal(1001);
  });

  itInTime('is cut at the end of the grace period when the client does not complete the closing handshake', async () => {
    await using stage = await openWsStage();
    const { token } = await stage.signIn();
    await using client = await connect(stage.url, { token });
    await client.next('welcome');
    client.socket.pause();
    const startedAt = performance.now();
    await stage.host.close(300);
    expect(performance.now() - startedAt).to.be.within(250, 1000);
  });
});
