import { expect } from 'chai';
import { type ApiRequest, apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { registerSomeone, type TokenBody } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

const json = { 'content-type': 'application/json' };
const credentials = { email: 'ana@example.org', password: 'correct horse' };

/** The request, and the expected response: status, code, and the pointers of a 422. */
const cases: readonly (readonly [string, string, string, ApiRequest, number, string, (readonly string[])?])[] = [
  ['JSON that ends too early', 'POST', '/auth/register', { body: '{"email":', headers: json }, 400, 'malformed_body'],
  ['a list for an object', 'POST', '/auth/register', { body: '[]', headers: json }, 400, 'malformed_body'],
  ['a number for an address', 'POST', '/auth/register', { body: { ...credentials, email: 7 } }, 422, 'validation_failed', ['/email']],
  ['no address and no password', 'POST', '/auth/register', { body: {} }, 422, 'validation_failed', ['/email', '/password']],
  ['no body', 'POST', '/auth/register', {}, 422, 'validation_failed'],
  ['an unknown field', 'POST', '/auth/register', { body: { ...credentials, is_admin: true } }, 422, 'validation_failed', ['/is_admin']],
  ['a short password', 'POST', '/auth/register', { body: { ...credentials, password: 'short' } }, 422, 'validation_failed', ['/password']],
  [
    'a line break in an address',
    'POST',
    '/auth/register',
    { body: { ...credentials, email: 'a@b.org\r\nx' } },
    422,
    'validation_failed',
    ['/email'],
  ],
  [
    'a NUL in a name',
    'POST',
    '/auth/register',
    { body: { ...credentials, first_name: 'a\u0000b' } },
    422,
    'validation_failed',
    ['/first_name'],
  ],
  [
    'an address longer than its column',
    'POST',
    '/auth/register',
    { body: { ...credentials, email: `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(40)}.org` } },
    422,
    'validation_failed',
    ['/email'],
  ],
  [
    'a form',
    'POST',
    '/auth/login',
    { body: 'email=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a body of 17 KiB',
    'POST',
    '/auth/login',
    { body: JSON.stringify({ ...credentials, device_name: 'x'.repeat(17 * 1024) }), headers: json },
    413,
    'payload_too_large',
  ],
  [
    'a refresh token that is a number',
    'POST',
    '/auth/refresh',
    { body: { refresh_token: 1 } },
    422,
    'validation_failed',
    ['/refresh_token'],
  ],
];

describe('Bad input', () => {
  let stage: ServerStage;
  let server: RunningServer;
  let phone: TokenBody;
  before(async () => {
    stage = await serverStage();
    server = await startServer({ env: stage.env, cwd: stage.cwd });
    phone = await registerSomeone(server.url);
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const written = () =>
    Promise.all(
      ['users', 'acces_app', 'abonnement', 'auth_sessions', 'auth_email_claims', 'audit_logs'].map((table) =>
        stage.database.query(`SELECT * FROM ${table} ORDER BY 1`),
      ),
    );

  for (const [what, method, path, request, status, code, pointers] of cases) {
    it(`gets ${status} for ${what}, and nothing is written`, async () => {
      const before = await written();
      const answer = await apiClient(server.url).request(method, path, request);
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      if (pointers) expect((answer.body.errors ?? []).map(({ pointer }) => pointer)).to.deep.equal(pointers);
      expect(await written()).to.deep.equal(before);
    });
  }

  it('in a change of profile changes nothing: unknown fields, wrong types, fields that may not be changed', async () => {
    const before = await written();
    for (const body of [
      { email: 'new@example.org' },
      { first_name: 5 },
      { first_name: 'Ana', id: '1' },
      { phone: 'call me' },
      { statut: 'supprime' },
    ]) {
      const answer = await apiClient(server.url).request('PATCH', '/users/me', { token: phone.access_token, body });
      expect([answer.status, answer.body.code], JSON.stringify(body)).to.deep.equal([422, 'validation_failed']);
    }
    expect(await written()).to.deep.equal(before);
  });

  it('as a route gets 404, as a method 405 with the allowed methods', async () => {
    const at = async (method: string, path: string) => {
      const response = await fetch(new URL(path, server.url), { method });
      return [response.status, response.headers.get('allow'), ((await response.json()) as { code: string }).code];
    };
    expect(await at('GET', '/nowhere')).to.deep.equal([404, null, 'not_found']);
    expect(await at('GET', '/auth/login')).to.deep.equal([405, 'POST, OPTIONS', 'method_not_allowed']);
    const [status, allow] = await at('PUT', '/users/me');
    expect(status).to.equal(405);
    expect(allow).to.match(/GET/).and.to.match(/PATCH/);
  });
});
