import { expect } from 'chai';
import type { ErrorCode } from '../../../../core/domain/error-code.js';
import { type RestHarness, register, startRest } from '../support/rest-harness.js';
import { expectProblem, send, sendLines } from '../support/send.js';

const bare = 'Bearer realm="move-acces"';

describe('A bearer token', () => {
  let rest: RestHarness;
  let token: string;
  let refreshToken: string;
  beforeEach(async () => {
    rest = await startRest();
    ({ access_token: token, refresh_token: refreshToken } = await register(rest));
  });
  afterEach(() => rest[Symbol.asyncDispose]());

  const ask = (authorization: string) => send(rest.url, '/users/me', { headers: { authorization } });

  it('is read from the Authorization header, in any case of its scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) expect((await ask(`${scheme} ${token}`)).status, scheme).to.equal(200);
  });

  it('is requested without an error code where there is none', async () => {
    for (const headers of [{}, { authorization: '' }, { authorization: 'Basic Y2FtaWxsZTpodW50ZXIy' }, { authorization: token }]) {
      const answer = await send(rest.url, '/users/me', { headers });
      const { action } = expectProblem(answer, 'token_missing');
      expect([action, answer.headers.get('www-authenticate')]).to.deep.equal(['login', bare]);
    }
  });

  it('is refused with an error where it is not exactly one', async () => {
    for (const malformed of [
      'Bearer',
      `Bearer ${token} ${token}`,
      `Bearer ${token},`,
      `Bearer "${token}"`,
      'Bearer a,b',
      'Bearer ä',
      'Bearer =',
    ]) {
      const answer = await ask(malformed);
      expectProblem(answer, 'token_invalid');
      expect(answer.headers.get('www-authenticate')).to.match(
        /^Bearer realm="move-acces", error="invalid_token", error_description="[^"\\]+"$/,
      );
    }
    const lines = ['GET /users/me HTTP/1.1', `Authorization: Bearer ${token}`];
    expect((await sendLines(rest.url, lines)).status).to.equal(200);
    expectProblem(await sendLines(rest.url, [...lines, `Authorization: Bearer ${token}`]), 'token_invalid');
    expectProblem(
      await sendLines(rest.url, ['GET /users/me HTTP/1.1', 'Authorization: Basic eDp5', `Authorization: Bearer ${token}`]),
      'token_invalid',
    );
  });

  it('that is valid is not requested again in a refusal for another reason', async () => {
    for (const path of ['/nope', '/auth/sessions/x']) {
      const answer = await send(rest.url, path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
      expectProblem(answer, 'not_found');
      expect(answer.headers.has('www-authenticate')).to.equal(false);
    }
  });

  it('is not taken from the query or the body', async () => {
    expectProblem(await send(rest.url, `/users/me?access_token=${token}&token=${token}`), 'token_missing');
    const body = JSON.stringify({ access_token: token });
    const headers = { 'content-type': 'application/json' };
    expectProblem(await send(rest.url, '/users/me', { method: 'PATCH', body, headers }), 'token_missing');
  });

  it('is no refresh token, no token of another key, and none that was tampered with', async () => {
    const [head = '', claims = '', seal = ''] = token.split('.');
    const unsigned = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const wrong of [refreshToken, 'x', `${unsigned}.${claims}.`, `${head}.${claims}.${seal.slice(0, -2)}xx`, `${head}.${claims}`]) {
      expectProblem(await ask(`Bearer ${wrong}`), 'token_invalid');
    }
  });

  const faults: [string, ErrorCode, string, () => Promise<unknown>][] = [
    ['that has expired is to be refreshed', 'token_expired', 'refresh', async () => rest.clock.advance(3_600_000)],
    [
      'of an ended session means that the tokens are to be forgotten',
      'session_revoked',
      'login',
      () => rest.api.request('POST', '/auth/logout', { body: { refresh_token: refreshToken } }),
    ],
  ];
  for (const [title, code, action, happen] of faults) {
    it(title, async () => {
      await happen();
      const answer = await ask(`Bearer ${token}`);
      expect(expectProblem(answer, code).action).to.equal(action);
      expect(answer.headers.get('www-authenticate')).to.contain('error="invalid_token"');
    });
  }

  it('is required exactly by the routes for which the OpenAPI document requires it', async () => {
    const { components: _, paths } = JSON.parse((await send(rest.url, '/openapi.json')).text);
    const answers: Record<string, boolean> = {};
    for (const [path, operations] of Object.entries<Record<string, { security?: object[] }>>(paths)) {
      for (const [method, { security = [] }] of Object.entries(operations)) {
        const { status } = await send(rest.url, path.replace('{id}', 'x'), {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json' },
        });
        if (path !== '/metrics') answers[`${method} ${path}`] = (status === 401) === security.length > 0;
      }
    }
    expect(Object.keys(answers)).to.have.length.above(10);
    expect(Object.entries(answers).filter(([, isRight]) => !isRight)).to.deep.equal([]);
  });
});
