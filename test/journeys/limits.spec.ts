import { expect } from 'chai';
import { apiClient } from '../support/api-client.js';
import { type RunningServer, startServer } from '../support/running-server.js';
import { type ServerStage, serverStage } from './support/stage.js';

describe('The limits, on two processes that share a Redis', () => {
  let stage: ServerStage;
  let servers: readonly [RunningServer, RunningServer];
  before(async () => {
    stage = await serverStage({ LOGIN_RATE_LIMIT: '5/60', API_RATE_LIMIT: '100/300' });
    const start = () => startServer({ env: stage.env, cwd: stage.cwd });
    servers = [await start(), await start()];
  });
  after(async () => {
    for (const server of servers ?? []) await server[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const urlOf = (index: number) => servers[index % 2 === 0 ? 0 : 1].url;

  it('let five logins of an address through, of a hundred at once, and say where a client stands', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        apiClient(urlOf(index)).request('POST', '/auth/login', { body: { email: 'alice.martin@example.org', password: 'wrong horse' } }),
      ),
    );
    const judged = answers.filter(({ status }) => status === 401);
    const refused = answers.filter(({ status }) => status === 429);
    expect([judged.length, refused.length]).to.deep.equal([5, 95]);
    expect(judged.map(({ headers }) => headers.get('ratelimit')).sort()).to.deep.equal(
      [0, 1, 2, 3, 4].map((left) => `"login";r=${left};t=60`),
    );
    for (const { headers, body } of refused) {
      expect(headers.get('ratelimit-policy')).to.equal('"login";q=5;w=60');
      expect(Number(headers.get('retry-after'))).to.be.within(55, 60);
      expect(body).to.include({ code: 'rate_limited', action: 'wait' });
    }
    const [row] = (await stage.database.query("SELECT COUNT(*) AS n FROM audit_logs WHERE event = 'rate_limited'")) as { n: number }[];
    expect(Number(row?.n)).to.equal(1);
  });

  it('let a hundred other requests through, of 101 at once, and count neither health nor documents', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs']) {
      expect((await fetch(new URL(path, urlOf(0)))).headers.get('ratelimit'), path).to.equal(null);
    }
    const answers = await Promise.all(Array.from({ length: 101 }, (_, index) => apiClient(urlOf(index)).request('GET', '/users/me')));
    expect(answers.filter(({ status }) => status === 401)).to.have.lengthOf(100);
    expect(answers.filter(({ status }) => status === 429)).to.have.lengthOf(1);
  });
});
