import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { itInTime } from '../../support/it-in-time.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { eventually, logIn, me, phonePassword, refresh, registerSomeone, type TokenBody } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

describe('A session that ended in one process', () => {
  let redis: RedisServer;
  let stage: ServerStage;
  let here: RunningServer;
  let there: RunningServer;
  before(async () => {
    redis = await startRedisServer();
    stage = await serverStage({ REDIS_URL: redis.url });
    here = await startServer({ env: stage.env, cwd: stage.cwd });
    there = await startServer({ env: stage.env, cwd: stage.cwd });
  });
  after(async () => {
    await there?.[Symbol.asyncDispose]();
    await here?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  const isRefusedThere = async ({ access_token, refresh_token }: TokenBody) => {
    const answer = await eventually(
      () => me(there.url, access_token),
      ({ status }) => status === 401,
      1000,
    );
    expect(answer.body).to.include({ code: 'session_revoked', action: 'login' });
    expect((await refresh(there.url, refresh_token)).status).to.equal(401);
  };
  const endHere = (token: string, path: string) => apiClient(here.url).request('DELETE', path, { token });

  /** Ways to end a session; each returns the tokens that must be invalid and, where there are some, those that stay valid. */
  const endings: Record<string, () => Promise<{ dead: TokenBody[]; alive?: TokenBody[] }>> = {
    async 'by a logout'() {
      const phone = await registerSomeone(here.url);
      await apiClient(here.url).request('POST', '/auth/logout', { body: { refresh_token: phone.refresh_token } });
      return { dead: [phone] };
    },
    async 'by reuse of a refresh token'() {
      const first = await registerSomeone(here.url);
      const second = (await refresh(here.url, first.refresh_token)).body;
      const third = (await refresh(here.url, second.refresh_token)).body;
      await refresh(here.url, first.refresh_token);
      return { dead: [first, second, third] };
    },
    async 'by a change of password on another device'() {
      const phone = await registerSomeone(here.url);
      const tablet = (await logIn(here.url, phone.email)).body;
      const changed = await apiClient(here.url).request('POST', '/auth/password', {
        token: tablet.access_token,
        body: { current_password: phonePassword, new_password: 'another horse altogether' },
      });
      expect(changed.status).to.equal(204);
      expect((await logIn(here.url, phone.email)).status).to.equal(401);
      return { dead: [phone], alive: [tablet] };
    },
    async 'by its owner, from another device'() {
      const phone = await registerSomeone(here.url);
      const tablet = (await logIn(here.url, phone.email)).body;
      expect((await endHere(tablet.access_token, `/auth/sessions/${phone.session_id}`)).status).to.equal(204);
      return { dead: [phone], alive: [tablet] };
    },
    async 'with all others'() {
      const phone = await registerSomeone(here.url);
      const [tablet, watch] = [(await logIn(here.url, phone.email)).body, (await logIn(here.url, phone.email)).body];
      expect((await endHere(watch.access_token, '/auth/sessions')).status).to.equal(204);
      return { dead: [phone, tablet], alive: [watch] };
    },
    async 'with all'() {
      const phone = await registerSomeone(here.url);
      const tablet = (await logIn(here.url, phone.email)).body;
      expect((await endHere(tablet.access_token, '/auth/sessions?scope=all')).status).to.equal(204);
      return { dead: [phone, tablet] };
    },
  };

  for (const [how, end] of Object.entries(endings)) {
    itInTime(`${how} is refused by the other within a second`, async () => {
      const { dead, alive = [] } = await end();
      for (const tokens of dead) await isRefusedThere(tokens);
      for (const tokens of alive) expect((await me(there.url, tokens.access_token)).status).to.equal(200);
    });
  }

  itInTime('ends for an account that another application suspended, at its next request', async () => {
    const phone = await registerSomeone(here.url);
    await stage.database.query("UPDATE users SET statut = 'suspendu' WHERE id = ?", [phone.user.id]);
    expect((await me(there.url, phone.access_token)).body.code).to.equal('account_disabled');
    expect((await refresh(there.url, phone.refresh_token)).body.code).to.equal('account_disabled');
    await stage.database.query("UPDATE users SET statut = 'actif' WHERE id = ?", [phone.user.id]);
    await isRefusedThere(phone);
  });

  it('cannot be ended by another user', async () => {
    const phone = await registerSomeone(here.url);
    const stranger = await registerSomeone(here.url);
    expect((await endHere(stranger.access_token, `/auth/sessions/${phone.session_id}`)).status).to.equal(404);
    expect((await me(there.url, phone.access_token)).status).to.equal(200);
  });

  const mishaps: Record<string, (end: () => Promise<void>) => Promise<void>> = {
    async 'after FLUSHALL'(end) {
      await end();
      await redis.flushAll();
    },
    async 'with Redis killed before it ended'(end) {
      await redis.kill();
      await end();
    },
    async 'while Redis was away, which then came back empty'(end) {
      await redis.kill();
      await end();
      await redis.start();
    },
    async 'with Redis frozen'(end) {
      redis.freeze();
      await end();
    },
  };
  for (const [when, mishap] of Object.entries(mishaps)) {
    itInTime(`is refused by the other within a second ${when}`, async () => {
      try {
        const phone = await registerSomeone(here.url);
        expect((await me(there.url, phone.access_token)).status).to.equal(200);
        await mishap(async () => {
          await apiClient(here.url).request('POST', '/auth/logout', { body: { refresh_token: phone.refresh_token } });
        });
        await isRefusedThere(phone);
        await using late = await startServer({ env: stage.env, cwd: stage.cwd });
        expect((await me(late.url, phone.access_token)).body.code).to.equal('session_revoked');
      } finally {
        if (redis.state === 'frozen') redis.thaw();
        if (redis.state === 'stopped') await redis.start();
      }
    });
  }
});
