import { expect } from 'chai';
import { camille, type RestHarness, register, startRest } from './support/rest-harness.js';
import { post, send, sendLines } from './support/send.js';

describe('Every response of the REST host', () => {
  let rest: RestHarness;
  before(async () => {
    rest = await startRest();
  });
  after(() => rest[Symbol.asyncDispose]());

  const samples = () =>
    Promise.all([
      send(rest.url, '/healthz'),
      send(rest.url, '/nope'),
      send(rest.url, '/users/me'),
      send(rest.url, '/users/me', { method: 'OPTIONS' }),
      post(rest.url, '/auth/login', '{'),
      post(rest.url, '/auth/logout', '{"refresh_token":"x"}'),
      send(rest.url, '/metrics'),
    ]);

  it('carries fields that keep browsers from running, framing or guessing it', async () => {
    for (const { headers } of await samples()) {
      expect(headers.get('content-security-policy')).to.contain("default-src 'none'").and.contain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.to.contain('upgrade-insecure-requests');
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('x-frame-options')).to.equal('DENY');
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).to.equal('same-origin');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.has('x-powered-by')).to.equal(false);
      expect(headers.has('access-control-allow-origin')).to.equal(false);
    }
  });

  it('has a request id of its own', async () => {
    const ids = (await samples()).map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{32}$/);
  });

  it('repeats the request id that a trusted proxy sent, if it is a plain one', async () => {
    await using trusting = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    const idFor = async (id: string) =>
      (await send(trusting.url, '/healthz', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    for (const plain of ['a', 'Trace-1.2_3', 'x'.repeat(64)]) expect(await idFor(plain)).to.equal(plain);
    for (const odd of ['', 'x'.repeat(65), 'a b', 'a;b', '<b>', 'é', '"a"']) expect(await idFor(odd), odd).to.match(/^[0-9a-f]{32}$/);
    const twice = await sendLines(trusting.url, ['GET /healthz HTTP/1.1', 'X-Request-Id: a', 'X-Request-Id: b']);
    expect(twice.headers.get('x-request-id')).to.match(/^[0-9a-f]{32}$/);
  });

  it('has its own request id, whatever a client that is not a trusted proxy sends', async () => {
    const { headers } = await send(rest.url, '/healthz', { headers: { 'x-request-id': 'chosen' } });
    expect(headers.get('x-request-id')).to.match(/^[0-9a-f]{32}$/);
  });

  it('is recorded under its request id', async () => {
    await using trusting = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    await trusting.api.request('POST', '/auth/register', {
      body: camille,
      headers: { 'x-request-id': 'from-the-proxy', 'user-agent': `App ${'x'.repeat(300)}` },
    });
    const { origin } = trusting.database.auditEvents.at(-1) ?? {};
    expect(origin).to.deep.equal({ ip: '127.0.0.1', userAgent: `App ${'x'.repeat(251)}`, requestId: 'from-the-proxy' });
  });
});

describe('CORS', () => {
  const origin = 'https://app.example.org';
  let rest: RestHarness;
  before(async () => {
    rest = await startRest({ settings: { corsOrigins: [origin, 'http://localhost:5173'] } });
  });
  after(() => rest[Symbol.asyncDispose]());

  const preflight = (from: string, path = '/users/me') =>
    send(rest.url, path, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,content-type,if-match',
      },
    });

  it('responds to the preflight of a listed origin, uncounted', async () => {
    const { status, headers, text } = await preflight(origin);
    expect([status, text]).to.deep.equal([204, '']);
    expect(headers.get('access-control-allow-origin')).to.equal(origin);
    expect(headers.get('access-control-allow-methods')?.split(',')).to.include.members(['GET', 'POST', 'PATCH', 'DELETE']);
    expect(headers.get('access-control-allow-headers')?.toLowerCase().split(',')).to.include.members([
      'authorization',
      'content-type',
      'if-match',
    ]);
    expect(headers.has('access-control-allow-credentials')).to.equal(false);
    expect(headers.get('vary')).to.contain('Origin');
    expect(headers.has('ratelimit')).to.equal(false);
  });

  it('lets a listed origin read responses and refusals, with the headers that an app needs', async () => {
    const { access_token } = await register(rest);
    for (const [path, status] of [
      ['/users/me', 200],
      ['/nope', 404],
      ['/healthz', 200],
    ] as const) {
      const answer = await send(rest.url, path, { headers: { origin, authorization: `Bearer ${access_token}` } });
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('access-control-allow-origin')).to.equal(origin);
      const exposed = answer.headers.get('access-control-expose-headers')?.split(',');
      expect(exposed).to.have.members(['RateLimit', 'RateLimit-Policy', 'Retry-After', 'ETag', 'X-Request-Id', 'WWW-Authenticate']);
    }
  });

  it('gives no access to other origins, however similar they look', async () => {
    for (const other of [
      'https://evil.example',
      'https://app.example.org.evil.example',
      'http://app.example.org',
      'https://APP.example.org',
      'null',
    ]) {
      expect((await preflight(other)).headers.has('access-control-allow-origin'), other).to.equal(false);
      const answer = await send(rest.url, '/healthz', { headers: { origin: other } });
      expect(answer.headers.has('access-control-allow-origin'), other).to.equal(false);
      expect(answer.headers.get('vary')).to.contain('Origin');
    }
  });

  it('sends the allowed methods for an OPTIONS request', async () => {
    const answer = await send(rest.url, '/auth/login', { method: 'OPTIONS', headers: { origin } });
    expect([answer.status, answer.headers.get('allow')]).to.deep.equal([204, 'POST, OPTIONS']);
  });
});
