import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { logIn, phonePassword, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

const common = ['password123', 'PassWord123', 'ｐassword123', '1q2w3e4r5t', 'azertyuiop'];
const personal = ['Jeanne-Moreau!', 'moreau2026', '2026 jeanne.moreau', 'Jeanne.Moreau@Example.org1', 'MoveAcces-2026'];

for (const { name, open } of stages) {
  describe(`A password that is among the first guesses, ${name}`, function () {
    this.timeout(60_000);
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      stage = await open();
      server = await startServer({ env: stage.env, cwd: stage.cwd });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const jeanne = { email: 'jeanne.moreau@example.org', first_name: 'Jeanne', last_name: 'Moreau' };
    const reasonAt = async (path: string, body: object, token?: string) => {
      const answer = await apiClient(server.url).request('POST', path, { body, ...(token && { token }) });
      return [answer.status, answer.body?.code, answer.body?.errors?.map(({ pointer, reason }) => `${pointer} ${reason}`).join()];
    };

    it('is refused for a new account', async () => {
      const refusals = (passwords: readonly string[]) =>
        Promise.all(passwords.map((password) => reasonAt('/auth/register', { ...jeanne, password })));
      for (const refusal of await refusals(common)) expect(refusal).to.deep.equal([422, 'validation_failed', '/password common']);
      for (const refusal of await refusals(personal)) expect(refusal).to.deep.equal([422, 'validation_failed', '/password personal']);
    });

    it('is refused as a new password of an account', async () => {
      const { body } = await apiClient(server.url).request('POST', '/auth/register', { body: { ...jeanne, password: phonePassword } });
      const change = (new_password: string) =>
        reasonAt('/auth/password', { current_password: phonePassword, new_password }, body.access_token);
      expect(await change('password123')).to.deep.equal([422, 'validation_failed', '/new_password common']);
      expect(await change('moreau2026')).to.deep.equal([422, 'validation_failed', '/new_password personal']);
      expect((await logIn(server.url, jeanne.email)).status).to.equal(200);
    });

    it('still logs in where an account has it already', async () => {
      const { env, adminEnv = env, cwd } = stage;
      const args = ['seed', '--users', '1', '--force', '--password-stdin'];
      const { exitCode, stderr } = await runCommand(args, { env: adminEnv, cwd, input: 'password123\n' });
      expect(exitCode, stderr).to.equal(0);
      expect((await logIn(server.url, 'demo-000001@demo.example.org', 'password123')).status).to.equal(200);
    });
  });
}

describe('PASSWORD_BLOCKLIST=off', function () {
  this.timeout(60_000);

  it('takes common passwords, and refuses personal ones', async () => {
    await using stage = await embeddedStage({ PASSWORD_BLOCKLIST: 'off' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const { access_token: token } = await registerSomeone(server.url);
    const change = (new_password: string, current_password: string) =>
      apiClient(server.url).request('POST', '/auth/password', { token, body: { current_password, new_password } });
    expect((await change('password123', phonePassword)).status).to.equal(204);
    expect((await change('Move_Acces_1', 'password123')).body.errors?.[0]).to.include({ reason: 'personal' });
  });
});
