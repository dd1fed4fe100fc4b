import { expect } from 'chai';
import { Redis } from 'ioredis';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { apiClient } from '../../support/api-client.js';
import { itInTime } from '../../support/it-in-time.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { eventually, logIn, registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { ticketFor } from '../support/ticket-for.js';

const socketUrl = ({ url }: Pick<RunningServer, 'url'>) => `${url.replace(/^http/, 'ws')}/ws`;

for (const { name, open } of stages) {
  describe(`sockets beside REST, ${name}`, () => {
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      stage = await open({ LOG_LEVEL: 'debug' });
      server = await startServer({ ...stage, args: ['serve', 'all'] });
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    });

    it('open by header, ticket, query and message', async () => {
      const { access_token, session_id } = await registerSomeone(server.url);
      const ticket = await ticketFor(server.url, access_token);
      for (const options of [{ token: access_token }, { query: { ticket } }, { query: { token: access_token } }]) {
        await using client = await connect(socketUrl(server), options as Parameters<typeof connect>[1]);
        expect((await client.next('welcome')).session_id).to.equal(session_id);
      }
      await using client = await connect(socketUrl(server));
      client.say({ type: 'auth', token: access_token });
      expect((await client.next('welcome')).session_id).to.equal(session_id);
      await using again = await connect(socketUrl(server), { query: { ticket } });
      expect((await again.ended).code).to.equal(4505);
      const output = server.output();
      for (const secret of [access_token, ticket]) expect(output.includes(secret), 'a secret is in the log').to.equal(false);
    });

    it('receive an event for a changed profile, and none for an unchanged one', async () => {
      const { access_token } = await registerSomeone(server.url);
      await using client = await connect(socketUrl(server), { token: access_token });
      await client.next('welcome');
      const patch = (body: unknown) => apiClient(server.url).request('PATCH', '/users/me', { token: access_token, body });
      expect((await patch({})).status).to.equal(200);
      expect((await patch({ first_name: 'Camille', phone: null })).status).to.equal(200);
      expect(await client.next('event')).to.deep.include({ name: 'profile.updated', data: { fields: ['first_name', 'phone'] }, offset: 1 });
    });

    itInTime('are closed with their session, and the other devices receive an event', async () => {
      const phone = await registerSomeone(server.url);
      const tablet = (await logIn(server.url, phone.email)).body;
      await using lost = await connect(socketUrl(server), { token: phone.access_token });
      await using kept = await connect(socketUrl(server), { token: tablet.access_token });
      await lost.next('welcome');
      await kept.next('welcome');
      const startedAt = performance.now();
      await apiClient(server.url).request('DELETE', `/auth/sessions/${phone.session_id}`, { token: tablet.access_token });
      expect((await lost.ended).code).to.equal(4501);
      expect(performance.now() - startedAt).to.be.below(1000);
      expect(await kept.next('event')).to.deep.include({
        name: 'session.revoked',
        data: { session_id: phone.session_id, reason: 'ended_by_user' },
      });
    });

    it('are closed with 1001 when the server is stopped', async () => {
      const { access_token } = await registerSomeone(server.url);
      await using client = await connect(socketUrl(server), { token: access_token });
      await client.next('welcome');
      expect(await server.stop()).to.equal(0);
      const { code, reason } = await client.ended;
      expect(code).to.equal(1001);
      expect(reason).to.have.property('retry_ms').that.is.greaterThan(0);
    });
  });
}

describe('sockets in a process of their own', () => {
  let stage: Stage;
  let rest: RunningServer;
  let sockets: readonly RunningServer[];
  before(async () => {
    stage = await serverStage({ WS_PORT: '0', SUBSCRIPTION_POLL_S: '1' });
    rest = await startServer({ ...stage, args: ['serve', 'rest'] });
    sockets = await Promise.all([1, 2].map(() => startServer({ ...stage, args: ['serve', 'ws'] })));
  });
  after(async () => {
    for (const server of [rest, ...sockets]) await server[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });

  it('receive the events that the command line publishes, to one and to all', async () => {
    const someone = await registerSomeone(rest.url);
    const other = await registerSomeone(rest.url);
    const [here, there] = await Promise.all(
      sockets.map((server, index) => connect(socketUrl(server), { token: index === 0 ? someone.access_token : other.access_token })),
    );
    await using ours = here ?? expect.fail();
    await using theirs = there ?? expect.fail();
    await ours.next('welcome');
    await theirs.next('welcome');
    const publish = (...args: readonly string[]) => runCommand(['events', 'publish', ...args], stage);
    const one = await publish('--user', someone.user.id, 'order.shipped', '{"id":7}');
    expect(one.exitCode, one.stderr).to.equal(0);
    expect(await ours.next('event')).to.deep.include({ name: 'order.shipped', data: { id: 7 } });
    const all = await publish('--all', 'maintenance.planned', 'null');
    expect(all.exitCode, all.stderr).to.equal(0);
    expect((await ours.next('event')).name).to.equal('maintenance.planned');
    expect((await theirs.next('event')).name).to.equal('maintenance.planned');
  });

  /** What Redis keeps of a user's events. */
  const placeOf = async (id: string) => {
    const redis = new Redis((await sharedRedisServer()).url, { maxRetriesPerRequest: 1 });
    return await redis.hgetall(`ma:events:{${id}}:place`).finally(() => redis.disconnect());
  };

  it('receive an event for a subscription that another application changed', async () => {
    const someone = await registerSomeone(rest.url);
    const database = stage.database ?? expect.fail('there is no server');
    const [server] = sockets;
    await using client = await connect(socketUrl(server ?? expect.fail()), { token: someone.access_token });
    await client.next('welcome');
    await eventually(
      () => placeOf(someone.user.id),
      (place) => 'state:subscription.changed' in place, // it has been looked at
      20_000,
    );
    const today = new Date().toISOString().slice(0, 10);
    await database.query(
      `insert into abonnement (user_id, formule, date_debut, date_fin, statut) values (${someone.user.id}, 'gold', '${today}', '2099-12-31', 'actif')`,
    );
    const { name, data } = await client.next('event');
    expect(name).to.equal('subscription.changed');
    expect(data).to.deep.include({ plan: 'gold', status: 'active' });
  });

  itInTime('close within a second when their session is revoked by the command line, with Redis killed', async () => {
    const someone = await registerSomeone(rest.url);
    const [server] = sockets;
    await using client = await connect(socketUrl(server ?? expect.fail()), { token: someone.access_token });
    await client.next('welcome');
    const redis = await sharedRedisServer();
    await redis.kill();
    try {
      const ending = client.ended.then(() => performance.now());
      const revoked = await runCommand(['tokens', 'revoke', '--session', someone.session_id], stage);
      const revokedAt = performance.now();
      expect(revoked.exitCode, revoked.stderr).to.equal(0);
      expect((await ending) - revokedAt).to.be.below(1000);
      expect((await client.ended).code).to.equal(4501);
    } finally {
      await redis.start();
    }
  });
});
