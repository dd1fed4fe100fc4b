import { expect } from 'chai';
import { AuthError } from '../../../../core/domain/auth-error.js';
import type { RateLimitStore } from '../../../../core/ports/limits/rate-limit-store.js';
import { camille, type RestHarness, startRest, wideRules } from '../support/rest-harness.js';
import { expectProblem, send } from '../support/send.js';

const fieldsOf = ({ headers }: { readonly headers: Headers }) => [headers.get('ratelimit-policy'), headers.get('ratelimit')];

describe('The limits of the REST host', () => {
  let rest: RestHarness;
  beforeEach(async () => {
    const login = { name: 'login', limit: 2, windowSeconds: 60 } as const;
    const register = { name: 'register', limit: 2, windowSeconds: 3600 } as const;
    const api = { name: 'api', limit: 3, windowSeconds: 300 } as const;
    rest = await startRest({ ports: { rateRules: { ...wideRules, login, register, api } }, settings: { trustProxy: ['127.0.0.1'] } });
  });
  afterEach(() => rest[Symbol.asyncDispose]());

  const login = (headers: Record<string, string> = {}) =>
    rest.api.request('POST', '/auth/login', { headers, body: { email: 'nobody@example.org', password: 'wrong' } });

  it('are announced on successes, on failures and on refusals', async () => {
    expect(fieldsOf(await rest.api.request('GET', '/healthz'))).to.deep.equal([null, null]);
    const registered = await rest.api.request('POST', '/auth/register', { body: camille });
    expect([registered.status, ...fieldsOf(registered)]).to.deep.equal([201, '"register";q=2;w=3600', '"register";r=1;t=3600']);
    const failed = await login();
    expect([failed.status, ...fieldsOf(failed)]).to.deep.equal([401, '"login";q=2;w=60', '"login";r=1;t=60']);
    rest.clock.advance(10_000);
    expect(fieldsOf(await login())).to.deep.equal(['"login";q=2;w=60', '"login";r=0;t=50']);
    const refused = await login();
    expect([refused.status, refused.body.code, refused.body.action]).to.deep.equal([429, 'rate_limited', 'wait']);
    expect(fieldsOf(refused)).to.deep.equal(['"login";q=2;w=60', '"login";r=0;t=50']);
    expect(refused.headers.get('retry-after')).to.equal('50');
  });

  it('count sign-ins apart from everything else', async () => {
    await login();
    await login();
    expect((await login()).status).to.equal(429);
    expect((await rest.api.request('POST', '/auth/register', { body: camille })).status).to.equal(201);
  });

  it('count registrations by themselves, whether they succeed or not', async () => {
    const register = (body: object, headers = {}) => rest.api.request('POST', '/auth/register', { headers, body });
    expect((await register(camille)).status).to.equal(201);
    expect((await register(camille)).body.code).to.equal('email_taken');
    const refused = await register({});
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '3600']);
    expect(fieldsOf(refused)).to.deep.equal(['"register";q=2;w=3600', '"register";r=0;t=3600']);
    expect((await rest.api.request('GET', '/users/me')).headers.get('ratelimit')).to.equal('"api";r=2;t=300');
    expect((await login()).status).to.equal(401);
  });

  it('announce the address block that refuses a registration, and count nothing for the narrower ones', async () => {
    const register = (ip: string) => rest.api.request('POST', '/auth/register', { headers: { 'x-forwarded-for': ip }, body: {} });
    for (let net = 0; net < 8; net += 1) {
      expect(fieldsOf(await register(`2001:db8:0:${net}::1`))).to.deep.equal(['"register";q=2;w=3600', '"register";r=1;t=3600']);
    }
    for (const ip of ['2001:db8:0:0::1', '2001:db8:0:8::1']) {
      expect(fieldsOf(await register(ip))).to.deep.equal(['"register";q=8;w=3600', '"register";r=0;t=3600']);
    }
    expect((await register('2001:db8:0:100::1')).headers.get('ratelimit')).to.equal('"register";r=1;t=3600');
  });

  it('count unknown paths, and bodies that cannot be read, before they parse them', async () => {
    await send(rest.url, '/nope');
    await send(rest.url, '/auth/login', { method: 'PUT' });
    await send(rest.url, '/users/me', { method: 'PATCH', body: 'x' });
    expectProblem(await send(rest.url, '/nope'), 'rate_limited', '/nope');
    expectProblem(await send(rest.url, '/users/me', { method: 'PATCH', body: 'x'.repeat(200_000) }), 'rate_limited');
    expect((await login()).status).to.equal(401);
  });

  it('do not count requests for system paths', async () => {
    for (let round = 0; round < 5; round++) {
      for (const path of ['/healthz', '/readyz', '/metrics', '/docs', '/redoc', '/openapi.json', '/problems', '/docs/init.js']) {
        expect((await send(rest.url, path)).status, path).to.equal(200);
      }
    }
    expect((await rest.api.request('GET', '/users/me')).headers.get('ratelimit')).to.equal('"api";r=2;t=300');
  });

  it('count by address, IPv6 by /64, as the trusted proxy sends it', async () => {
    const from = (address: string) => login({ 'x-forwarded-for': address });
    expect((await from('203.0.113.7')).headers.get('ratelimit')).to.equal('"login";r=1;t=60');
    expect((await from('203.0.113.8')).headers.get('ratelimit')).to.equal('"login";r=1;t=60');
    expect((await from('10.9.9.9, 203.0.113.7:4711')).headers.get('ratelimit')).to.equal('"login";r=0;t=60');
    expect((await from('2001:db8:0:1::1')).headers.get('ratelimit')).to.equal('"login";r=1;t=60');
    expect((await from('2001:db8:0:1:ffff::2')).headers.get('ratelimit')).to.equal('"login";r=0;t=60');
    expect((await from('2001:db8:0:2::1')).headers.get('ratelimit')).to.equal('"login";r=1;t=60');
  });
});

describe('The limit of one account', () => {
  it('is announced beside that of the client when it refuses', async () => {
    const account = { name: 'account', limit: 1, windowSeconds: 900 } as const;
    await using rest = await startRest({ ports: { rateRules: { ...wideRules, account } } });
    const wrong = () => rest.api.request('POST', '/auth/login', { body: { ...camille, password: 'wrong' } });
    expect((await wrong()).status).to.equal(401);
    const refused = await wrong();
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '900']);
    expect(fieldsOf(refused)).to.deep.equal(['"login";q=1000;w=60, "account";q=1;w=900', '"login";r=998;t=60, "account";r=0;t=900']);
  });
});

describe('A limiter that does not work', () => {
  it('refuses with 503 only the requests that it should have counted', async () => {
    const rateLimits: RateLimitStore = {
      take: () => Promise.reject(new AuthError('dependency_unavailable', { cause: new Error('redis://user:hunter2@host') })),
      giveBack: async () => {},
    };
    await using rest = await startRest({ ports: { rateLimits } });
    const refused = await rest.api.request('GET', '/users/me');
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).to.deep.equal([503, 'dependency_unavailable', '2']);
    expect(refused.text).not.to.contain('hunter2');
    expect(fieldsOf(refused)).to.deep.equal([null, null]);
    expect((await rest.api.request('GET', '/healthz')).status).to.equal(200);
  });
});
