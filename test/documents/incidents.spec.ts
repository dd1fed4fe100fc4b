import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { eventually, logIn, me, refresh, registerSomeone } from '../journeys/support/phone.js';
import { type Stage, testSecret } from '../journeys/support/stage.js';
import { apiClient } from '../support/api-client.js';
import { runCommand } from '../support/run-command.js';
import { startServer } from '../support/running-server.js';

const nextSecret = 'c41d8a90e7b2f6350d9e1c74a8b3f02657d6e19c80ab4f3251e7d5c9b08a46f1';

const start = ({ cwd, env }: Stage, more: Readonly<Record<string, string>> = {}) => startServer({ cwd, env: { ...env, ...more } });

describe('The page on security, about incidents,', function () {
  this.timeout(60_000);

  it('is right about a restored database: later revocations are lost and newer tokens are unknown, until all sessions are revoked', async () => {
    await using stage = await embeddedStage();
    const [data, backup] = ['data', 'backup'].map((folder) => join(stage.cwd, folder)) as [string, string];
    const { phone, lost } = await (async () => {
      await using server = await start(stage);
      return { phone: await registerSomeone(server.url), lost: await registerSomeone(server.url) };
    })();
    await cp(data, backup, { recursive: true });

    const { newest, later } = await (async () => {
      await using server = await start(stage);
      const first = await refresh(server.url, phone.refresh_token);
      const second = await refresh(server.url, first.body.refresh_token);
      await apiClient(server.url).request('POST', '/auth/logout', { body: { refresh_token: lost.refresh_token } });
      expect((await refresh(server.url, lost.refresh_token)).status).to.equal(401);
      return { newest: second.body, later: (await logIn(server.url, phone.email)).body };
    })();
    await cp(backup, data, { recursive: true });

    await using server = await start(stage);
    expect((await refresh(server.url, newest.refresh_token)).body.code).to.equal('refresh_invalid');
    expect((await refresh(server.url, phone.refresh_token)).status).to.equal(200);
    expect((await refresh(server.url, later.refresh_token)).body.code).to.equal('refresh_invalid');
    expect((await me(server.url, later.access_token)).status).to.equal(200);
    const revived = await refresh(server.url, lost.refresh_token);
    expect(revived.status).to.equal(200);

    expect((await runCommand(['tokens', 'revoke', '--all', '--yes', '--reason', 'restore'], stage)).exitCode).to.equal(0);
    expect((await refresh(server.url, revived.body.refresh_token)).status).to.equal(401);
    const isRevoked = ({ body }: Awaited<ReturnType<typeof me>>) => body.code === 'session_revoked';
    await eventually(() => me(server.url, revived.body.access_token), isRevoked, 2000);
  });

  it('holds for a planned rotation: processes of neighbouring steps accept the tokens of each other', async () => {
    await using stage = await embeddedStage();
    await using first = await start(stage, { APP_SECRET: testSecret, APP_SECRET_PREVIOUS: nextSecret });
    await using second = await start(stage, { APP_SECRET: nextSecret, APP_SECRET_PREVIOUS: testSecret });
    const phone = await registerSomeone(first.url);
    const renewed = await refresh(second.url, phone.refresh_token);
    expect(renewed.status).to.equal(200);
    expect((await me(first.url, renewed.body.access_token)).status).to.equal(200);
    expect((await refresh(first.url, renewed.body.refresh_token)).status).to.equal(200);
  });
});
