import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { me, refresh, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

for (const { name, open } of stages) {
  describe(`Access tokens after ACCESS_TOKEN_TTL_MIN was lowered, ${name}`, () => {
    it('stay refused once their session has ended, and are only refreshed where it has not', async () => {
      await using stage = await open();
      const start = (minutes: string) => startServer({ env: { ...stage.env, ACCESS_TOKEN_TTL_MIN: minutes }, cwd: stage.cwd });

      const { stolen, kept } = await (async () => {
        await using before = await start('60');
        const phones = { stolen: await registerSomeone(before.url), kept: await registerSomeone(before.url) };
        const end = await apiClient(before.url).request('POST', '/auth/logout', { body: { refresh_token: phones.stolen.refresh_token } });
        expect(end.status).to.equal(204);
        expect((await me(before.url, phones.stolen.access_token)).body.code).to.equal('session_revoked');
        expect((await me(before.url, phones.kept.access_token)).status).to.equal(200);
        return phones;
      })();
      // as if the session had ended twenty minutes ago: a process whose tokens live for one minute does not remember it
      await age(stage, 1_200_000);

      await using after = await start('1');
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const answer = await me(after.url, stolen.access_token);
        expect([answer.status, answer.body.code, answer.body.action]).to.deep.equal([401, 'token_expired', 'refresh']);
        expect((await me(after.url, kept.access_token)).body).to.include({ code: 'token_expired', action: 'refresh' });
      }
      expect((await refresh(after.url, stolen.refresh_token)).body.code).to.equal('refresh_invalid');
      const refreshed = await refresh(after.url, kept.refresh_token);
      expect(refreshed.status).to.equal(200);
      expect((await me(after.url, refreshed.body.access_token)).status).to.equal(200);
    });
  });
}

/** Moves the end of every ended session into the past. The embedded database has no server: none may use it meanwhile. */
async function age({ database, cwd }: Stage, ms: number): Promise<void> {
  const statement = `update auth_sessions set revoked_at = revoked_at - ${ms} where revoked_at is not null`;
  if (database !== null) return void (await database.query(statement));
  const embedded = new DatabaseSync(join(cwd, 'data/move-acces.db'));
  embedded.exec(statement);
  embedded.close();
}
