import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { logIn, me, refresh, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

const maxAgeSeconds = 2;

for (const { name, open } of stages) {
  describe(`An attacker with the tokens of an old session, ${name}`, function () {
    this.timeout(30_000);
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      stage = await open({ SESSION_END_MAX_AGE_S: String(maxAgeSeconds) });
      server = await startServer({ env: stage.env, cwd: stage.cwd });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const end = (token: string, path: string) => apiClient(server.url).request('DELETE', `/auth/sessions${path}`, { token });

    it('ends no other session, also after a refresh; the owner ends the old one after a new sign-in', async () => {
      const stolen = await registerSomeone(server.url);
      const owner = (await logIn(server.url, stolen.email)).body;
      await delay(maxAgeSeconds * 1000 + 100);
      const { access_token: token } = (await refresh(server.url, stolen.refresh_token)).body;
      for (const path of ['', '?scope=others', '?scope=all', `/${owner.session_id}`]) {
        const { status, body, headers } = await end(token, path);
        expect([path, status, body?.code, body?.action]).to.deep.equal([path, 401, 'reauthentication_required', 'verify']);
        expect(headers.get('www-authenticate')).to.match(
          /^Bearer realm="move-acces", error="insufficient_user_authentication", error_description="[^"]+", max_age=2$/,
        );
      }
      expect((await me(server.url, owner.access_token)).status).to.equal(200);
      const again = (await logIn(server.url, stolen.email)).body;
      expect((await end(again.access_token, `/${stolen.session_id}`)).status).to.equal(204);
      expect((await me(server.url, token)).body.code).to.equal('session_revoked');
      expect((await end(owner.access_token, `/${owner.session_id}`)).status, 'the own session at any age').to.equal(204);
    });
  });
}
