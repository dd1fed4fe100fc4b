import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { registerSomeone, untilServed } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';

/** A view of ended sessions is trusted for so long without a read of the database, and the driver gives up after two seconds. */
const blindMs = 5000;

describe('A process with a Redis in which no revocation is announced, and without the database', function () {
  this.timeout(60_000);

  it('refuses access tokens after a few seconds, rather than serve a session that may have ended', async () => {
    const server = await sharedDatabaseServer();
    await using wire = await startTcpProxy(server.port);
    await using stage = await serverStage({}, { server });
    const behindWire = stage.database.url.replace(`:${server.port}/`, `:${wire.port}/`);
    await using rest = await startServer({ env: { ...stage.env, DB_URL: behindWire }, cwd: stage.cwd });
    const phone = await registerSomeone(rest.url);
    const ticket = () => apiClient(rest.url).request('POST', '/ws/ticket', { token: phone.access_token });
    expect((await ticket()).status).to.equal(200);
    wire.behave('silence');
    // Another process ends the session, and its news never reach Redis.
    await stage.database.query('update auth_sessions set revoked_at = last_seen_at, revocation_reason = ? where id = ?', [
      'admin',
      phone.session_id,
    ]);
    await delay(blindMs + 500);
    expect((await ticket()).body).to.include({ status: 503, code: 'dependency_unavailable' });
    wire.behave('pass');
    expect((await untilServed(ticket)).body).to.include({ status: 401, code: 'session_revoked' });
  });
});
