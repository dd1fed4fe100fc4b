import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { median } from '../../tools/bench/median.js';
import { registerSomeone, type TokenBody } from '../journeys/support/phone.js';
import { serverStage } from '../journeys/support/server-stage.js';
import { type ApiAnswer, apiClient } from '../support/api-client.js';
import { startServer } from '../support/running-server.js';

const lockedRows = 8;
const strangers = 16;
const seconds = 4;
const rounds = 3;
/** Min share of the rate that users without a locked row have while no row is locked. */
const minShare = 0.6;

describe('Eight rows of users that another application has locked', () => {
  it(`leave strangers ${minShare * 100} % of their refreshes and changes a second, and none a 503`, async function () {
    this.timeout(300_000);
    await using stage = await serverStage();
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const other = await createConnection({ uri: stage.database.rootUrl });
    const api = apiClient(server.url);
    const register = (count: number) => Promise.all(Array.from({ length: count }, () => registerSomeone(server.url)));
    const [locked, others] = [await register(lockedRows), await register(strangers)];
    const change = (token: string, phone: string) => api.request('PATCH', '/users/me', { token, body: { phone } });

    /** Sends requests, one after the other, until the time is over; returns their status codes. */
    const keepSending = async (until: number, send: (count: number) => Promise<ApiAnswer>): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let count = 0; performance.now() < until; count += 1) statuses.push((await send(count)).status);
      return statuses;
    };
    const refreshTokens = new Map(others.map(({ session_id, refresh_token }) => [session_id, refresh_token]));
    const serveStranger = async ({ access_token, session_id }: TokenBody, count: number): Promise<ApiAnswer> => {
      if (count % 2 === 0) return await change(access_token, `+336${String(count).padStart(8, '0')}`);
      const answer = await api.request('POST', '/auth/refresh', { body: { refresh_token: refreshTokens.get(session_id) } });
      refreshTokens.set(session_id, answer.body.refresh_token);
      return answer;
    };
    /** Requests per second of the users without a locked row. */
    const rate = async (meanwhile: (until: number) => Promise<unknown>): Promise<number> => {
      const until = performance.now() + seconds * 1000;
      const sent = Promise.all(others.map((phone) => keepSending(until, (count) => serveStranger(phone, count))));
      await meanwhile(until);
      const statuses = (await sent).flat();
      expect(new Set(statuses)).to.deep.equal(new Set([200]));
      return statuses.length / seconds;
    };

    await rate(async () => {}); // warm
    const shares: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const free = await rate(async () => {});
      await other.beginTransaction();
      for (const { user } of locked) await other.query('select id from users where id = ? for update', [user.id]);
      const held = await rate((until) =>
        Promise.all(locked.map(({ access_token }) => keepSending(until, () => change(access_token, '1')))),
      );
      await other.rollback();
      console.log(`      ${free.toFixed(0)} a second, ${held.toFixed(0)} beside locked rows: ${(held / free).toFixed(2)}`);
      shares.push(held / free);
    }
    other.destroy();
    expect(median(shares)).to.be.at.least(minShare);
  });
});
