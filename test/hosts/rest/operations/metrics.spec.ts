import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createRestApp } from '../../../../hosts/rest/create-rest-app.js';
import { startRestServer } from '../../../../hosts/rest/rest-server.js';
import { temporaryTree } from '../../../support/temporary-tree.js';
import { camille, register, startRest } from '../support/rest-harness.js';
import { expectProblem, post, send, sendLines } from '../support/send.js';

const settings = { trustProxy: [], corsOrigins: [], areDocsOn: true, metricsToken: null };

describe('/metrics', () => {
  it('is read by clients on this machine where there is no token', async () => {
    await using rest = await startRest();
    await rest.api.request('GET', '/healthz');
    const { status, headers, text } = await rest.api.request('GET', '/metrics');
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(text).to.contain('http_requests_total{method="GET",route="/healthz",status="200"} 1');
  });

  it('can be read only from this machine where there is no token, and not through a proxy on this machine', async () => {
    await using rest = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    const through = (address: string) => send(rest.url, '/metrics', { headers: { 'x-forwarded-for': address } });
    expectProblem(await through('203.0.113.9'), 'forbidden');
    expectProblem(await through('127.0.0.1, 203.0.113.9'), 'forbidden');
    expect((await send(rest.url, '/metrics')).status).to.equal(200);
  });

  it('cannot be read from another address of this machine, which any client could use', async () => {
    const outer = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    await using rest = await startRest();
    const address = outer?.address ?? '127.0.0.1';
    for (const trustProxy of [[], [address]]) {
      const server = await startRestServer(createRestApp(rest.services, { ...settings, trustProxy }), { host: '0.0.0.0', port: 0 });
      const answer = await send(`http://${address}:${server.port}`, '/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } });
      await server.close(0);
      if (outer === undefined) expect(answer.status).to.equal(200);
      else expectProblem(answer, 'forbidden');
    }
  });

  it('cannot be read by a client without an address, and counts it with all such clients', async () => {
    await using rest = await startRest();
    using folder = temporaryTree({});
    const socketPath = join(folder.root, 'rest.sock');
    const server = createServer(createRestApp(rest.services, settings)).listen(socketPath);
    await once(server, 'listening');
    const ask = async (path: string) => {
      const [response] = (await once(request({ socketPath, path, agent: false }).end(), 'response')) as [IncomingMessage];
      response.resume();
      return response;
    };
    await rest.api.request('GET', '/users/me');
    expect((await ask('/metrics')).statusCode).to.equal(403);
    const { statusCode, headers } = await ask('/users/me');
    expect([statusCode, headers.ratelimit]).to.deep.equal([401, '"api";r=9999;t=300']);
    server.close();
  });

  it('wants the token where there is one, also of clients on this machine', async () => {
    await using rest = await startRest({ settings: { metricsToken: 'scrape-me-0123456789' } });
    const missing = await rest.api.request('GET', '/metrics');
    expect([missing.status, missing.body.code]).to.deep.equal([401, 'token_missing']);
    expect(missing.headers.get('www-authenticate')).to.equal('Bearer realm="move-acces"');
    const { access_token } = await register(rest);
    for (const token of ['wrong', 'scrape-me-012345678', 'scrape-me-0123456789x', access_token]) {
      const refused = await rest.api.request('GET', '/metrics', { token });
      expect([refused.status, refused.body.code]).to.deep.equal([401, 'token_invalid']);
      expect(refused.headers.get('www-authenticate')).to.contain('error="invalid_token"');
    }
    expect((await rest.api.request('GET', '/metrics', { token: 'scrape-me-0123456789' })).status).to.equal(200);
    expectProblem(await send(rest.url, '/metrics?token=scrape-me-0123456789'), 'token_missing');
  });
});

describe('The measurements of the REST host', () => {
  it('are labelled with the template of the path, or unknown, never with the path', async () => {
    await using rest = await startRest();
    const { access_token: token } = await register(rest);
    await rest.api.request('DELETE', '/auth/sessions/019c8b6e-ad04-738a-93a8-69b5c64e5df0?x=hunter2', { token });
    await send(rest.url, '/users/hunter2');
    await send(rest.url, '/auth/sessions/%zz', { method: 'DELETE' });
    await send(rest.url, '/users/me', { method: 'DELETE' });
    await post(rest.url, '/auth/login', JSON.stringify({ ...camille, password: 'wrong' }));
    await sendLines(rest.url, ['PROPFIND /nope HTTP/1.1']);
    const seen = rest.metrics.requests.map(({ method, route, status }) => `${method} ${route} ${status}`);
    expect(seen).to.deep.equal([
      'POST /auth/register 201',
      'DELETE /auth/sessions/{id} 422',
      'GET unknown 404',
      'DELETE /auth/sessions/{id} 400',
      'DELETE /users/me 405',
      'POST /auth/login 401',
      'PROPFIND unknown 404',
    ]);
    for (const { seconds } of rest.metrics.requests) expect(seconds).to.be.within(0, 5);
  });
});
