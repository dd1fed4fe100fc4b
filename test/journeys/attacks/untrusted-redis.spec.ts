import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { eventually, me, registerSomeone, type TokenBody } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { ticketFor } from '../support/ticket-for.js';
import { RedisWriter } from './support/redis-writer.js';

const hourMs = 3_600_000;
/** Of the feed: in each process one for requests and one for sockets. */
const followers = 4;
const socketUrl = ({ url }: RunningServer) => `${url.replace(/^http/, 'ws')}/ws`;

describe('A writer of Redis, with two processes on the database server,', () => {
  let stage: ServerStage;
  let here: RunningServer;
  let there: RunningServer;
  let writer: RedisWriter;

  before(async () => {
    stage = await serverStage();
    const start = () => startServer({ ...stage, args: ['serve', 'all'] });
    [here, there] = await Promise.all([start(), start()]);
    writer = new RedisWriter({ url: stage.env['REDIS_URL'] ?? '' });
  });
  after(async () => {
    await writer[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });

  /** What both processes counted. */
  const rejected = async (kind: string): Promise<number> => {
    const bodies = await Promise.all([here, there].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const counts = bodies.map((body) =>
      new RegExp(`^move_acces_redis_messages_rejected_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(body),
    );
    return counts.reduce((sum, match) => sum + Number(match?.[1] ?? 0), 0);
  };
  const statusAt = async (server: RunningServer, { access_token }: TokenBody) => (await me(server.url, access_token)).status;
  const ticketOf = ({ access_token }: TokenBody) => ticketFor(here.url, access_token);
  /** How a socket that shows a ticket ends; a socket that was let in ends with 0. */
  const endWith = async (ticket: string) => {
    await using client = await connect(socketUrl(there), { query: { ticket } });
    return await Promise.race([client.ended, client.next('welcome').then(() => ({ code: 0, reason: { code: 'admitted', action: '' } }))]);
  };
  /** As if a session had ended so long ago that the processes look for it no more. */
  const endLongAgo = (sessionId: string, ms: number) =>
    stage.database.query('update auth_sessions set revoked_at = ?, revocation_reason = ? where id = ?', [
      Date.now() - ms,
      'logout',
      sessionId,
    ]);

  it('brings no revoked session back by an entry with an old instant', async () => {
    const before = await rejected('revocation');
    const someone = await registerSomeone(here.url);
    await apiClient(here.url).request('POST', '/auth/logout', { body: { refresh_token: someone.refresh_token } });
    await eventually(
      () => statusAt(there, someone),
      (status) => status === 401,
      1000,
    );
    await endLongAgo(someone.session_id, 20_000); // the database is read for what ended within the last ten seconds
    await writer.announce(someone.session_id, someone.user.id, 1);
    await delay(1200);
    expect(await statusAt(there, someone)).to.equal(401);
    expect(await statusAt(here, someone)).to.equal(401);
    expect((await rejected('revocation')) - before, 'the forged entry alone').to.equal(followers);
  });

  it('ends no session by a forged entry', async () => {
    const someone = await registerSomeone(here.url);
    await using client = await connect(socketUrl(there), { token: someone.access_token });
    await client.next('welcome');
    const before = await rejected('revocation');
    await writer.announce(someone.session_id, someone.user.id, Date.now());
    await writer.announce(someone.session_id, someone.user.id, Date.now(), ['mac', 'A'.repeat(22)]);
    await writer.announce(someone.session_id, someone.user.id, Date.now() + 100 * hourMs);
    await eventually(
      () => rejected('revocation'),
      (count) => count === before + 3 * followers,
      1000,
    );
    expect(await statusAt(here, someone)).to.equal(200);
    expect(await statusAt(there, someone)).to.equal(200);
    client.say({ type: 'ping' });
    await client.next('pong');
  });

  it('forges no ticket, not for 73 years and not for a minute', async () => {
    const someone = await registerSomeone(here.url);
    const before = await rejected('ticket');
    for (const ms of [73 * 365 * 24 * hourMs, 60_000]) {
      const ticket = await writer.putTicket(JSON.stringify([someone.user.id, someone.session_id, Date.now() + ms]));
      expect(await endWith(ticket)).to.deep.include({ code: 4440 });
    }
    expect((await rejected('ticket')) - before).to.equal(2);
    expect(await endWith(await ticketOf(someone)), 'a genuine one').to.deep.include({ code: 0 });
  });

  it('moves no genuine ticket to another key', async () => {
    const victim = await registerSomeone(here.url);
    const value = await writer.ticketValue(await ticketOf(victim));
    expect(JSON.parse(value)).to.include(victim.session_id);
    expect(await endWith(await writer.putTicket(value))).to.deep.include({ code: 4440 });
    expect((await endWith(await writer.putTicket('{"not":"a ticket"}'))).code).to.equal(4440);
  });

  it('opens no socket by a ticket whose session ended while the processes did not look', async () => {
    const someone = await registerSomeone(here.url);
    const ticket = await ticketOf(someone);
    await endLongAgo(someone.session_id, hourMs);
    const forged = await writer.putTicket(JSON.stringify([someone.user.id, someone.session_id, Date.now() + 60_000]));
    expect((await endWith(forged)).code).to.equal(4440);
    expect((await endWith(ticket)).code).to.equal(4501);
  });

  it('puts no field into an event, by the channel or by the history, and genuine events follow', async () => {
    const someone = await registerSomeone(here.url);
    await using client = await connect(socketUrl(there), { token: someone.access_token });
    await client.next('welcome');
    const before = await rejected('event');
    const crafted = 'null,"type":"authenticated","expires_in":2000000000';
    await writer.publish(someone.user.id, 'n', crafted, { isKept: false });
    await writer.publish(someone.user.id, 'n', crafted, { isKept: true });
    await writer.publish(someone.user.id, 'order.paid', '{"amount":0}', { isKept: true });
    expect(await client.next('resumed'), 'the client refetches').to.include({ recovered: false });
    const patch = { token: someone.access_token, body: { first_name: 'Camille' } };
    expect((await apiClient(here.url).request('PATCH', '/users/me', patch)).status).to.equal(200);
    expect(await client.next('event')).to.deep.include({ name: 'profile.updated', offset: 3 });
    const known = ['welcome', 'resumed', 'event'];
    expect(client.messages.filter(({ type, name }) => !known.includes(type) || name === 'n' || name === 'order.paid')).to.deep.equal([]);
    expect((await rejected('event')) - before).to.be.at.least(3);
  });

  it('causes a warning from time to time, and the log contains none of its data', async () => {
    for (const server of [here, there]) {
      const warnings = server
        .output()
        .split('\n')
        .filter((line) => line.includes('a message in redis was rejected'));
      const kinds = warnings.map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
      expect(kinds).to.have.members([...new Set(kinds)]);
      expect(kinds).to.include('revocation');
      expect(warnings.join('')).not.to.include('order.paid').and.not.include('2000000000');
    }
  });
});
