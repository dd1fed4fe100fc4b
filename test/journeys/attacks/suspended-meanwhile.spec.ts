import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { ApiAnswer } from '../../support/api-client.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { logIn, refresh, registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

/** One hash at a time, each of about a tenth of a second: logins are queued after their account was read. */
const slowHashes = { HASH_CONCURRENCY: '1', HASH_QUEUE: '64', ARGON2_TIME_COST: '6' };
const loginsAhead = 10;

for (const { name, open } of stages) {
  describe(`An account that is suspended while a login waits for its hash, ${name}`, function () {
    this.timeout(60_000);
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      stage = await open(slowHashes);
      server = await startServer({ env: stage.env, cwd: stage.cwd });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const switchAccount = async (verb: 'disable' | 'enable', email: string) => {
      const { exitCode, stderr } = await runCommand(['users', verb, email, ...(verb === 'disable' ? ['--yes'] : [])], {
        env: stage.env,
        cwd: stage.cwd,
      });
      expect(exitCode, stderr).to.equal(0);
    };

    it('keeps no session that lives on once the account is open again', async () => {
      const phone = await registerSomeone(server.url);
      const ahead = Array.from({ length: loginsAhead }, (_, number) => logIn(server.url, `unknown-${number}@example.org`));
      const disabling = switchAccount('disable', phone.email);
      let isRefused = false;
      const waiting: Promise<ApiAnswer>[] = [];
      while (!isRefused) {
        const login = logIn(server.url, phone.email);
        waiting.push(login);
        void login.then(({ status }) => {
          isRefused ||= status === 403;
        });
        await delay(100);
      }
      const [logins] = await Promise.all([Promise.all(waiting), disabling, ...ahead]);
      await switchAccount('enable', phone.email);
      const tokens = logins.flatMap(({ status, body }) => (status === 200 ? [body.refresh_token] : []));
      for (const token of tokens) expect((await refresh(server.url, token)).status).to.equal(401);
    });
  });
}

describe('A login that waits for its hash', function () {
  this.timeout(60_000);

  it('is refused where another application suspends the account meanwhile', async () => {
    await using stage = await serverStage(slowHashes);
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const phone = await registerSomeone(server.url);
    const ahead = Array.from({ length: loginsAhead }, (_, number) => logIn(server.url, `unknown-${number}@example.org`));
    await delay(100);
    const login = logIn(server.url, phone.email);
    await delay(100);
    await stage.database.query("update users set statut = 'suspendu' where id = ?", [phone.user.id]);
    expect((await login).body).to.include({ status: 403, code: 'account_disabled' });
    await Promise.all(ahead);
    const live = await stage.database.query('select id from auth_sessions where user_id = ? and revoked_at is null', [phone.user.id]);
    expect(live, 'the one of the registration').to.deep.equal([{ id: phone.session_id }]);
  });
});
