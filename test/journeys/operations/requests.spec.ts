import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { requestText, sendRaw, upgradeText } from '../../support/raw-http.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { logIn, registerSomeone, type TokenBody } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

for (const { name, open } of stages) {
  describe(`The promises to a client about single requests, ${name}`, () => {
    let stage: Stage;
    let server: RunningServer;
    let phone: TokenBody & { readonly email: string };
    before(async () => {
      stage = await open();
      server = await startServer({ env: { ...stage.env, KEEP_ALIVE_TIMEOUT_S: '7' }, args: ['serve', 'all'], cwd: stage.cwd });
      phone = await registerSomeone(server.url);
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
      apiClient(server.url).request(method, path, { token: phone.access_token, headers, ...(body && { body }) });

    it('its sessions come in pages, each once, also sessions used in the same millisecond and with others opened meanwhile', async () => {
      await Promise.all(Array.from({ length: 6 }, () => logIn(server.url, phone.email)));
      const all = (await ask('GET', '/auth/sessions')).body;
      expect([all.items.length, all.next_cursor]).to.deep.equal([7, null]);
      const seen: string[] = [];
      let cursor: string | null = '';
      for (let count = 0; count < 4; count += 1) {
        const { body } = await ask('GET', `/auth/sessions?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next_cursor;
        await logIn(server.url, phone.email);
      }
      expect(cursor).to.equal(null);
      expect(seen).to.deep.equal(all.items.map(({ id }) => id));
      expect(all.items.filter(({ current }) => current).map(({ id }) => id)).to.deep.equal([phone.session_id]);
    });

    it('a misspelt query ends no session', async () => {
      const before = (await ask('GET', '/auth/sessions?limit=100')).body.items.length;
      const refused = await ask('DELETE', '/auth/sessions?scop=all');
      expect([refused.status, refused.body.errors]).to.deep.equal([422, [{ pointer: '/query/scop', detail: 'no field of this query' }]]);
      expect((await ask('GET', '/auth/sessions?limit=100')).body.items).to.have.lengthOf(before);
    });

    it('If-None-Match keeps a change from being made', async () => {
      const tag = (await ask('GET', '/users/me')).headers.get('etag') ?? '';
      for (const excluded of ['*', tag, `W/${tag}`]) {
        const answer = await ask('PATCH', '/users/me', { first_name: 'Eve' }, { 'if-none-match': excluded });
        expect([answer.status, answer.body.code]).to.deep.equal([412, 'precondition_failed']);
      }
      expect((await ask('GET', '/users/me', undefined, { 'if-none-match': tag })).status).to.equal(304);
    });

    it('a name is visible, and stored as it was typed', async () => {
      for (const invisible of ['\u200b\u200d', '\u202e', '\u3164']) {
        expect((await ask('PATCH', '/users/me', { first_name: invisible })).body.code).to.equal('validation_failed');
      }
      const persian = 'می\u200cخواهم \u{1f469}\u200d\u{1f4bb}';
      expect((await ask('PATCH', '/users/me', { first_name: persian })).body.first_name).to.equal(persian);
      const body = { email: `o\u200bther-${phone.email}`, password: 'four other words' };
      expect((await apiClient(server.url).request('POST', '/auth/register', { body })).body.errors?.[0]?.pointer).to.equal('/email');
    });

    it('an idle connection is kept as the operator set it, and two hosts are refused by REST and WebSocket', async () => {
      const { headers } = await fetch(`${server.url}/healthz`);
      expect(headers.get('keep-alive')).to.equal('timeout=7');
      const hosts = ['Host: localhost', 'Host: localhost'];
      for (const text of [requestText('GET /users/me HTTP/1.1', hosts), upgradeText(hosts)]) {
        const answer = await sendRaw(server.url, text);
        expect([answer.status, JSON.parse(answer.text).code]).to.deep.equal([400, 'malformed_request']);
      }
    });
  });
}
