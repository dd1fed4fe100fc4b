import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { expectSecurityFields } from '../../support/expect-security-fields.js';
import { requestText, sendRaw, upgradeText } from '../../support/raw-http.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { queryEmbedded } from '../../support/secrets/query-embedded.js';
import { eventually, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

const attacker = 'attacker.example';

/** Of one process, whatever it serves: what a page of the attacker sends once its name resolves to 127.0.0.1. */
async function expectNoRebinding(url: string): Promise<void> {
  const { port } = new URL(url);
  const rebound = [`Host: ${attacker}:${port}`, `Origin: http://${attacker}:${port}`];
  for (const text of [
    requestText('GET /healthz HTTP/1.1', rebound),
    requestText('GET /metrics HTTP/1.1', rebound),
    requestText('OPTIONS /auth/login HTTP/1.1', [...rebound, 'Access-Control-Request-Method: POST']),
    requestText(`GET http://${attacker}/healthz HTTP/1.1`, ['Host: localhost']),
    requestText('GET /healthz HTTP/1.1', [`Host: 0.0.0.0:${port}`]),
    upgradeText(rebound),
    upgradeText([`Host: ${attacker}`, 'Origin: https://app.example.org']),
  ]) {
    const answer = await sendRaw(url, text);
    expect(answer.status, text).to.equal(403);
    expect(JSON.parse(answer.text), text).to.include({ type: '/problems/forbidden', code: 'forbidden', action: 'none' });
    expect(answer.headers.get('ratelimit'), 'refused before the limiter').to.equal(null);
    expect(answer.headers.get('access-control-allow-origin')).to.equal(null);
    expectSecurityFields(answer.headers, text);
  }
}

async function expectNoForwardedScrape(url: string): Promise<void> {
  expect((await fetch(`${url}/metrics`)).status).to.equal(200);
  for (const field of [
    'x-forwarded-for',
    'x-forwarded-host',
    'x-real-ip',
    'forwarded',
    'via',
    'cf-connecting-ip',
    'true-client-ip',
    'x-client-ip',
    'x-real-port',
    'x-forward-for',
    'x-scheme',
    'x-arr-log-id',
    'incap-client-ip',
  ]) {
    const answer = await fetch(`${url}/metrics`, { headers: { [field]: '127.0.0.1' } });
    expect(answer.status, field).to.equal(403);
    expect(await answer.text()).not.to.include('move_acces_');
  }
}

for (const { name, open } of stages) {
  describe(`The doors, attacked ${name},`, () => {
    let stage: Stage;
    let all: RunningServer;
    let sockets: RunningServer;
    before(async function () {
      this.timeout(60_000);
      stage = await open({ CORS_ORIGINS: 'https://app.example.org', WS_PORT: '0' });
      // one after the other: the embedded database is made by the first
      all = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'] });
      sockets = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'ws'] });
    });
    after(async () => {
      await sockets?.[Symbol.asyncDispose]();
      await all?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });
    const both = () => [all, sockets];

    it('do not serve a page whose name was rebound to this machine, and warn of it once for each host', async () => {
      for (const { url, output } of both()) {
        await expectNoRebinding(url);
        expect((await fetch(`${url.replace('127.0.0.1', 'localhost')}/healthz`)).status).to.equal(200);
        const warnings = output()
          .split('\n')
          .filter((line) => line.includes('"level":"warn"') && line.includes('TRUST_PROXY'));
        expect(warnings).to.have.length.within(1, 2);
      }
    });

    it('do not show the metrics through a proxy on this machine that is not trusted', async () => {
      for (const { url } of both()) await expectNoForwardedScrape(url);
    });

    it('respond to input that is not HTTP with the headers of every response', async () => {
      for (const { url } of both()) {
        for (const [text, status] of [
          ['hello\r\n\r\n', 400],
          [requestText('GET / HTTP/1.1', ['Host: localhost', `X-Large: ${'x'.repeat(20_000)}`]), 431],
          [requestText('GET /healthz HTTP/1.1', []), 400],
        ] as const) {
          const answer = await sendRaw(url, text);
          expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([status, 'application/problem+json']);
          expectSecurityFields(answer.headers, text.slice(0, 50));
        }
      }
    });

    it('send one address no more than some tens of megabytes of documentation a minute', async () => {
      let sent = 0;
      for (let count = 0; count < 120; count += 1) {
        const answer = await fetch(`${all.url}/docs/swagger-ui-bundle.js`, { headers: { 'accept-encoding': 'identity' } });
        sent += (await answer.arrayBuffer()).byteLength;
        if (answer.status === 429) break;
      }
      // of a minute that ends meanwhile, the next begins
      expect(sent / 1024 / 1024).to.be.below(70);
    });

    it('leave the address of a refused token in the log, and take no id or trace from clients', async () => {
      const headers = { authorization: 'Bearer stolen', 'x-request-id': 'chosen-by-the-client' };
      const refused = await fetch(`${all.url}/users/me`, { headers });
      const requestId = refused.headers.get('x-request-id') ?? '';
      expect([refused.status, /^[0-9a-f]{32}$/.test(requestId)]).to.deep.equal([401, true]);
      const lineOf = async () =>
        all
          .output()
          .split('\n')
          .find((text) => text.includes(requestId)) ?? '{}';
      expect(JSON.parse(await eventually(lineOf, (line) => line !== '{}', 5000))).to.include({
        code: 'token_invalid',
        status: 401,
        ip: '127.0.0.1',
      });
      for (const { url, output } of both()) {
        const upgrade = await sendRaw(
          url,
          upgradeText(['Host: localhost', 'Origin: https://attacker.example', 'X-Request-Id: chosen-by-the-client']),
        );
        expect(upgrade.status).to.equal(403);
        expect(output()).not.to.include('chosen-by-the-client');
      }
    });

    it('leave the try to end the session of another user in the audit log', async () => {
      const [thief, victim] = [await registerSomeone(all.url), await registerSomeone(all.url)];
      const unknown = '019c8b6e-ad04-738a-93a8-69b5c64e5df0';
      for (const id of [victim.session_id, unknown, 'nonsense']) {
        const { status, body } = await apiClient(all.url).request('DELETE', `/auth/sessions/${id}`, { token: thief.access_token });
        expect([status, body.code], id).to.deep.equal([404, 'not_found']);
      }
      expect((await apiClient(all.url).request('GET', '/users/me', { token: victim.access_token })).status).to.equal(200);
      const { database, cwd } = stage;
      const query = database === null ? queryEmbedded(cwd) : (sql: string) => database.query(sql);
      const found = await query(
        `SELECT outcome, session_id, ip, details FROM audit_logs WHERE event = 'session_revoke' AND user_id = '${thief.user.id}'`,
      );
      // casts: of both databases these are rows, and one of them gives JSON as a text
      const rows = (found as readonly Record<string, unknown>[]).map(({ details, ...row }) => {
        return { ...row, details: (typeof details === 'string' ? JSON.parse(details) : details) as unknown };
      });
      expect(rows).to.have.deep.members(
        [{ requested_session: victim.session_id }, { requested_session: unknown }, {}].map((details) => ({
          outcome: 'denied',
          session_id: thief.session_id,
          ip: '127.0.0.1',
          details,
        })),
      );
    });
  });
}
