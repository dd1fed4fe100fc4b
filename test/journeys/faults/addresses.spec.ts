import { once } from 'node:events';
import { request } from 'node:http';
import { expect } from 'chai';
import type { RunningServer } from '../../support/running-server.js';
import { whileShared } from '../support/while-shared.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';

describe('A limit by address', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  const spellings: readonly (readonly [name: string, ...values: string[]])[] = [
    ...['X-Forwarded-For', 'x-forwarded-for', 'X-FORWARDED-FOR', 'X_Forwarded_For', 'X-Forwarded-for'].flatMap((name) =>
      ['203.0.113.7', '203.0.113.7, 127.0.0.1', '2001:db8::7', '[2001:db8::7]:4711', '203.0.113.7:80', ' 203.0.113.7 ', 'unknown', ''].map(
        (value) => [name, value] as const,
      ),
    ),
    ['X-Forwarded-For', '203.0.113.8', '203.0.113.9'],
    ...['Forwarded', 'forwarded', 'FORWARDED'].flatMap((name) =>
      ['for=203.0.113.7', 'For="[2001:db8::7]:4711"', 'for=203.0.113.7;proto=https;by=203.0.113.43', 'for=_hidden, for=203.0.113.7'].map(
        (value) => [name, value] as const,
      ),
    ),
    ...['X-Real-IP', 'x-real-ip', 'X-REAL-IP', 'X_Real_IP', 'X-Client-IP', 'True-Client-IP', 'CF-Connecting-IP', 'Client-IP'].map(
      (name) => [name, '203.0.113.7'] as const,
    ),
  ];

  it('trusts no header of a peer outside TRUST_PROXY, in any spelling', async function () {
    this.timeout(60_000);
    await stage.redis.flushAll();
    await using server = await stage.start({ env: { API_RATE_LIMIT: `${spellings.length}/600` } });
    const seen = [];
    for (const [name, ...values] of spellings) {
      const [value = ''] = values;
      seen.push(await statusOf(server, { [name]: values.length > 1 ? values : value }));
    }
    expect(new Set(seen)).to.deep.equal(new Set([401]));
    for (const [name, value = ''] of spellings) expect(await statusOf(server, { [name]: value }), `${name}: ${value}`).to.equal(429);
    const rows = await stage.stage.database.query(`select distinct ip from audit_logs where event = 'rate_limited'`);
    expect(rows).to.deep.equal([{ ip: '127.0.0.1' }]);
  });

  it('allows exactly a hundred requests, of 99, 100 and 101 at once over two processes', async function () {
    this.timeout(90_000);
    await stage.redis.flushAll();
    const env = { API_RATE_LIMIT: '100/300', TRUST_PROXY: '127.0.0.1' };
    await using one = await stage.start({ env });
    await using other = await stage.start({ env });
    const stranger = { 'X-Forwarded-For': '203.0.113.1' };
    let tries = 0;
    for (const count of [99, 100, 101, 150]) {
      const statuses = await whileShared(
        [one, other],
        (server) => statusOf(server, stranger),
        () => {
          const from = { 'X-Forwarded-For': `198.51.100.${++tries}` };
          return Promise.all(Array.from({ length: count }, (_, index) => statusOf(index % 2 ? one : other, from)));
        },
      );
      expect(
        statuses.filter((status) => status === 401),
        `${count} at once`,
      ).to.have.lengthOf(Math.min(count, 100));
      expect(
        statuses.filter((status) => status === 429),
        `${count} at once`,
      ).to.have.lengthOf(Math.max(0, count - 100));
    }
  });
});

async function statusOf({ url }: RunningServer, headers: Readonly<Record<string, string | readonly string[]>>): Promise<number> {
  const sent = request(`${url}/users/me`, { headers: headers as Record<string, string | string[]>, agent: false }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}
