import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { itInTime } from '../../support/it-in-time.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { eventually, logIn, me, refresh, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

describe('An account that an admin disabled', function () {
  this.timeout(60_000);
  let redis: RedisServer;
  let stage: ServerStage;
  let servers: RunningServer[] = [];
  before(async () => {
    redis = await startRedisServer();
    stage = await serverStage({ REDIS_URL: redis.url });
    servers = await Promise.all([1, 2, 3].map(() => startServer({ env: stage.env, cwd: stage.cwd })));
  });
  after(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });
  const urls = () => servers.map(({ url }) => url);
  const first = () => urls()[0] ?? '';

  const disable = async (id: string) => {
    const { exitCode, stderr } = await runCommand(['users', 'disable', id, '--yes'], { env: stage.env, cwd: stage.cwd });
    expect(exitCode, stderr).to.equal(0);
  };

  const isRefusedEverywhere = async () => {
    const phone = await registerSomeone(first());
    const tablet = (await logIn(first(), phone.email)).body;
    for (const url of urls()) expect((await me(url, tablet.access_token)).status).to.equal(200);
    await disable(phone.user.id);
    const startedAt = performance.now();
    await Promise.all(
      urls().flatMap((url) =>
        [phone, tablet].map(async ({ access_token: token }) => {
          // a route that looks at no account: the session itself must be known to have ended
          const ask = () => apiClient(url).request('GET', '/auth/sessions', { token });
          const answer = await eventually(ask, ({ status }) => status !== 200, 1000);
          expect(answer.body.code).to.equal('session_revoked');
        }),
      ),
    );
    expect(performance.now() - startedAt).to.be.below(1500);
    for (const url of urls()) {
      expect((await me(url, phone.access_token)).status).to.be.oneOf([401, 403]);
      expect((await refresh(url, tablet.refresh_token)).status).to.be.oneOf([401, 403]);
      const login = await logIn(url, phone.email);
      expect(login.status).to.equal(403);
      expect(login.body).to.include({ code: 'account_disabled', action: 'none' });
    }
    return phone;
  };

  itInTime('is refused by every process within a second: requests, refreshes, and the login', async () => {
    await isRefusedEverywhere();
  });

  itInTime('is so too with Redis killed', async () => {
    await redis.kill();
    try {
      await isRefusedEverywhere();
    } finally {
      await redis.start();
    }
  });

  itInTime('signs in again once it is enabled, with the sessions that ended staying so', async () => {
    const phone = await isRefusedEverywhere();
    const { exitCode } = await runCommand(['users', 'enable', phone.email], { env: stage.env, cwd: stage.cwd });
    expect(exitCode).to.equal(0);
    expect((await logIn(first(), phone.email)).status).to.equal(200);
    for (const url of urls()) expect((await me(url, phone.access_token)).body.code).to.equal('session_revoked');
  });

  it('is recorded in the audit log: the status, the sessions and the row are one transaction', async () => {
    const phone = await registerSomeone(first());
    await disable(phone.user.id);
    const [row] = await stage.database.query('select statut from users where id = ?', [phone.user.id]);
    expect(row).to.deep.equal({ statut: 'suspendu' });
    const ended = await stage.database.query('select revocation_reason as reason from auth_sessions where user_id = ?', [phone.user.id]);
    expect(ended).to.deep.equal([{ reason: 'account_disabled' }]);
    const rows = await stage.database.query("select actor, details from audit_logs where event = 'user_disable' and user_id = ?", [
      phone.user.id,
    ]);
    expect(rows).to.have.lengthOf(1);
    expect(rows[0]).to.have.property('details', '{"changed":true,"sessions_ended":1}');
    expect(rows[0])
      .to.have.property('actor')
      .that.matches(/^admin:./);
  });
});
