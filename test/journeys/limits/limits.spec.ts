import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { whileShared } from '../support/while-shared.js';

describe('The limits, on two processes that share a Redis', () => {
  let stage: ServerStage;
  let servers: readonly [RunningServer, RunningServer];
  before(async () => {
    stage = await serverStage({ LOGIN_RATE_LIMIT: '5/60', API_RATE_LIMIT: '100/300', TRUST_PROXY: '127.0.0.1' });
    const start = () => startServer({ env: stage.env, cwd: stage.cwd });
    servers = [await start(), await start()];
  });
  after(async () => {
    for (const server of servers ?? []) await server[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const urlOf = (index: number) => servers[index % 2 === 0 ? 0 : 1].url;
  let addresses = 0;
  /** A new client address. */
  const newAddress = () => `198.51.100.${++addresses}`;
  const isShared = <Result>(work: () => Promise<Result>) =>
    whileShared(servers, ({ url }) => fetch(`${url}/users/me`, { headers: { 'x-forwarded-for': '203.0.113.1' } }), work);

  it('allow five logins of an address, of a hundred at once, and report the client’s state', async () => {
    const { ip, answers } = await isShared(async () => {
      const ip = newAddress();
      const logIn = {
        body: { email: 'alice.martin@example.org', password: 'wrong horse' },
        headers: { 'x-forwarded-for': ip },
      };
      return {
        ip,
        answers: await Promise.all(
          Array.from({ length: 100 }, (_, index) => apiClient(urlOf(index)).request('POST', '/auth/login', logIn)),
        ),
      };
    });
    const judged = answers.filter(({ status }) => status === 401);
    const refused = answers.filter(({ status }) => status === 429);
    expect([judged.length, refused.length]).to.deep.equal([5, 95]);
    const stands = judged.map(({ headers }) => /^"login";r=(\d);t=(?:5[5-9]|60)$/.exec(headers.get('ratelimit') ?? '')?.[1]);
    expect(stands.sort()).to.deep.equal(['0', '1', '2', '3', '4']);
    for (const { headers, body } of refused) {
      expect(headers.get('ratelimit-policy')).to.equal('"login";q=5;w=60');
      expect(Number(headers.get('retry-after'))).to.be.within(55, 60);
      expect(body).to.include({ code: 'rate_limited', action: 'wait' });
    }
    const rows = await stage.database.query("SELECT id FROM audit_logs WHERE event = 'rate_limited' AND ip = ?", [ip]);
    expect(rows).to.have.lengthOf(1);
  });

  it('let as many registrations of an address through as other requests, where they have no limit of their own', async () => {
    const answers = await isShared(async () => {
      const headers = { 'x-forwarded-for': newAddress() };
      const register = (index: number) => apiClient(urlOf(index)).request('POST', '/auth/register', { headers, body: {} });
      return Promise.all(Array.from({ length: 101 }, (_, index) => register(index)));
    });
    for (const { headers } of answers) expect(headers.get('ratelimit-policy')).to.equal('"register";q=100;w=300');
    expect(answers.filter(({ status }) => status === 422)).to.have.lengthOf(100);
    expect(answers.filter(({ status }) => status === 429)).to.have.lengthOf(1);
  });

  it('let a hundred other requests through, of 101 at once, and count neither health nor documents', async () => {
    const answers = await isShared(async () => {
      const headers = { 'x-forwarded-for': newAddress() };
      for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs']) {
        expect((await fetch(new URL(path, urlOf(0)), { headers })).headers.get('ratelimit'), path).to.equal(null);
      }
      return Promise.all(Array.from({ length: 101 }, (_, index) => apiClient(urlOf(index)).request('GET', '/users/me', { headers })));
    });
    expect((await fetch(new URL('/metrics', urlOf(0)))).headers.get('ratelimit')).to.equal(null);
    expect(answers.filter(({ status }) => status === 401)).to.have.lengthOf(100);
    expect(answers.filter(({ status }) => status === 429)).to.have.lengthOf(1);
  });
});
