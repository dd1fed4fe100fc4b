import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

for (const { name, open } of stages) {
  describe(`A phone's first day, ${name}`, () => {
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

    it('registers, looks at itself, changes its name, refreshes, logs out, and is then refused', async () => {
      const api = apiClient(server.url);
      const registered = await api.request('POST', '/auth/register', {
        body: { email: ' Nina@Example.org', password: 'correct horse', first_name: 'Nina', device_name: 'Pixel 9' },
      });
      expect(registered.status).to.equal(201);
      expect(registered.body.user).to.include({ email: 'nina@example.org', first_name: 'Nina', last_name: null, subscription: null });
      expect(registered.headers.get('cache-control')).to.equal('no-store');
      const { access_token: token, refresh_token: first } = registered.body;

      const me = await api.request('GET', '/users/me', { token });
      expect(me.status).to.equal(200);
      expect(me.body).to.deep.equal(registered.body.user);

      const patched = await api.request('PATCH', '/users/me', {
        token,
        headers: { 'if-match': me.headers.get('etag') ?? '' },
        body: { last_name: 'Simone', phone: '+33 6 12 34 56 78' },
      });
      expect(patched.status).to.equal(200);
      expect(patched.body).to.deep.equal({ ...me.body, last_name: 'Simone', phone: '+33 6 12 34 56 78' });
      const stale = await api.request('PATCH', '/users/me', {
        token,
        headers: { 'if-match': me.headers.get('etag') ?? '' },
        body: { last_name: 'Lost' },
      });
      expect(stale.status).to.equal(412);
      expect((await api.request('GET', '/users/me', { token })).body.last_name).to.equal('Simone');

      const refreshed = await api.request('POST', '/auth/refresh', { body: { refresh_token: first } });
      expect(refreshed.status).to.equal(200);
      expect(refreshed.body.refresh_token).not.to.equal(first);
      expect(refreshed.body.session_id).to.equal(registered.body.session_id);

      const loggedOut = await api.request('POST', '/auth/logout', { body: { refresh_token: refreshed.body.refresh_token } });
      expect(loggedOut.status).to.equal(204);
      const again = await api.request('POST', '/auth/logout', { body: { refresh_token: refreshed.body.refresh_token } });
      expect(again.status).to.equal(204);

      const refused = await api.request('POST', '/auth/refresh', { body: { refresh_token: refreshed.body.refresh_token } });
      expect(refused.status).to.equal(401);
      expect(refused.body).to.include({ code: 'refresh_invalid', action: 'login' });
      const revoked = await api.request('GET', '/users/me', { token: refreshed.body.access_token });
      expect(revoked.status).to.equal(401);
      expect(revoked.body).to.include({ code: 'session_revoked', action: 'login' });
    });

    it('logs in with the password it chose, in another spelling of its address', async () => {
      const api = apiClient(server.url);
      const login = await api.request('POST', '/auth/login', { body: { email: 'NINA@example.org ', password: 'correct horse' } });
      expect(login.status).to.equal(200);
      expect(login.body.user.last_name).to.equal('Simone');
    });

    it('gets the same response for an unknown address and a wrong password', async () => {
      const api = apiClient(server.url);
      const wrong = await api.request('POST', '/auth/login', { body: { email: 'nina@example.org', password: 'wrong horse' } });
      const unknown = await api.request('POST', '/auth/login', { body: { email: 'nobody@example.org', password: 'wrong horse' } });
      const words = ({ body: { request_id: _, ...rest } }: typeof wrong) => rest;
      expect(wrong.status).to.equal(401);
      expect(unknown.status).to.equal(401);
      expect(words(unknown)).to.deep.equal(words(wrong));
    });

    it('cannot register an address twice, however it is spelt', async () => {
      const api = apiClient(server.url);
      const taken = await api.request('POST', '/auth/register', { body: { email: 'nina@EXAMPLE.org', password: 'correct horse' } });
      expect(taken.status).to.equal(409);
      expect(taken.body.code).to.equal('email_taken');
    });
  });
}
