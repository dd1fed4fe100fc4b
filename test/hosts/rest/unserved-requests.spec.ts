import { expect } from 'chai';
import { type RestHarness, register, startRest } from './support/rest-harness.js';
import { expectProblem, post, send, sendLines } from './support/send.js';

describe('The REST host, for a bad request,', () => {
  let rest: RestHarness;
  let token: string;
  before(async () => {
    rest = await startRest();
    token = (await register(rest)).access_token;
  });
  after(() => rest[Symbol.asyncDispose]());

  describe('for an unknown resource, sends 404:', () => {
    const paths = [
      '/nope',
      '/',
      '/auth',
      '/auth/',
      '/auth/login/',
      '/AUTH/LOGIN',
      '/Users/me',
      '/users/me/',
      '//users/me',
      '/users/7',
      '/auth/sessions/',
    ];
    for (const path of [
      ...paths,
      '/auth/sessions/a/b',
      '/docs/package.json',
      '/docs/../package.json',
      '/problems/nope',
      '/redoc/nope.js',
    ]) {
      it(path, async () => {
        const answer = await sendLines(rest.url, [`GET ${path} HTTP/1.1`]);
        expectProblem(answer, 'not_found', path);
      });
    }

    it('also with a body that it would not read', async () => {
      expectProblem(await post(rest.url, '/nope', 'x'.repeat(20_000), { 'content-type': 'text/plain' }), 'not_found');
    });

    it('a session that does not exist, and invalid ids', async () => {
      for (const id of ['019c8b6e-ad04-738a-93a8-69b5c64e5df0', 'x', '1%20or%201', '%00', "'--"]) {
        expect((await rest.api.request('DELETE', `/auth/sessions/${id}`, { token })).body.code).to.equal('not_found');
      }
    });
  });

  it('by a path that cannot be decoded, sends 400', async () => {
    for (const path of ['/auth/sessions/%zz', '/nope/%zz', '/problems/%c3%28']) {
      expectProblem(await sendLines(rest.url, [`DELETE ${path} HTTP/1.1`]), 'malformed_body', path);
    }
  });

  it('by a method that the path does not have, sends 405 and the allowed methods', async () => {
    const allowed: Record<string, [string, string]> = {
      '/auth/login': ['GET', 'POST, OPTIONS'],
      '/users/me': ['DELETE', 'GET, PATCH, HEAD, OPTIONS'],
      '/auth/sessions': ['PUT', 'GET, DELETE, HEAD, OPTIONS'],
      '/auth/sessions/019c8b6e-ad04-738a-93a8-69b5c64e5df0': ['GET', 'DELETE, OPTIONS'],
      '/healthz': ['POST', 'GET, HEAD, OPTIONS'],
      '/docs': ['POST', 'GET, HEAD, OPTIONS'],
      '/openapi.json': ['TRACE', 'GET, HEAD, OPTIONS'],
      '/metrics': ['DELETE', 'GET, HEAD, OPTIONS'],
      '/problems/not_found': ['PATCH', 'GET, HEAD, OPTIONS'],
    };
    for (const [path, [method, allow]] of Object.entries(allowed)) {
      const answer = await sendLines(rest.url, [`${method} ${path} HTTP/1.1`]);
      expectProblem(answer, 'method_not_allowed', path);
      expect(answer.headers.get('allow'), path).to.equal(allow);
    }
  });

  it('for its options, sends the allowed methods', async () => {
    const answer = await send(rest.url, '/users/me', { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).to.deep.equal([204, 'GET, PATCH, HEAD, OPTIONS']);
    expectProblem(await send(rest.url, '/nope', { method: 'OPTIONS' }), 'not_found');
    expectProblem(await sendLines(rest.url, ['OPTIONS * HTTP/1.1']), 'not_found', '*');
  });

  it('that is not HTTP, sends 400 and continues to serve', async () => {
    expect((await sendLines(rest.url, ['GET'])).status).to.equal(400);
    expect((await sendLines(rest.url, ['GET http://[ HTTP/1.1'])).status).to.be.within(400, 404);
    expect((await send(rest.url, '/healthz')).status).to.equal(200);
  });

  it('by the whole address, serves the path in it', async () => {
    expect((await sendLines(rest.url, ['GET http://localhost:1/healthz HTTP/1.1'])).status).to.equal(200);
    expectProblem(await sendLines(rest.url, ['GET http://LOCALHOST/nope?token=secret HTTP/1.1']), 'not_found', '/nope');
  });
});
