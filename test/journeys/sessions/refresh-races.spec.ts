import { expect } from 'chai';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { bySize } from '../../support/test-size.js';
import { me, refresh, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

const rounds = bySize({ short: 10, long: 100 });
const replays = bySize({ short: 50, long: 500 });

describe('Refreshes that race, on two processes', () => {
  let stage: ServerStage;
  let servers: readonly [RunningServer, RunningServer];
  before(async () => {
    stage = await serverStage();
    const start = () => startServer({ env: stage.env, cwd: stage.cwd });
    servers = [await start(), await start()];
  });
  after(async () => {
    for (const server of servers ?? []) await server[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  it(`are one rotation: 50 at once with one token, ${rounds} rounds, one successor that works`, async function () {
    this.timeout(300_000);
    const [one, other] = servers;
    let current = (await registerSomeone(one.url)).refresh_token;
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => refresh(index % 2 === 0 ? one.url : other.url, current)));
      expect(
        answers.map(({ status }) => status),
        `round ${round}`,
      ).to.deep.equal(Array<number>(50).fill(200));
      const successors = new Set(answers.map(({ body }) => body.refresh_token));
      expect(successors.size, `round ${round}`).to.equal(1);
      const tokens = answers[round % 50]?.body;
      expect((await me(other.url, tokens?.access_token ?? '')).status).to.equal(200);
      current = tokens?.refresh_token ?? '';
    }
    const [row] = (await stage.database.query('SELECT refresh_counter FROM auth_sessions WHERE revoked_at IS NULL')) as {
      refresh_counter: number;
    }[];
    expect(Number(row?.refresh_counter)).to.equal(rounds);
  });

  it(`leave no valid token after reuse was detected: the current token against a replayed one, ${replays} times`, async function () {
    this.timeout(300_000);
    const [one, other] = servers;
    let reuses = 0;
    for (let round = 0; round < replays; round += 10) {
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          const first = await registerSomeone(one.url);
          const second = (await refresh(one.url, first.refresh_token)).body;
          const third = (await refresh(other.url, second.refresh_token)).body;
          const [rotation, replay] = await Promise.all([refresh(one.url, third.refresh_token), refresh(other.url, first.refresh_token)]);
          expect([200, 401]).to.include(rotation.status);
          expect(replay.body.code).to.equal('refresh_reused');
          reuses++;
          const tokens = [first, second, third, ...(rotation.status === 200 ? [rotation.body] : [])];
          for (const { refresh_token } of tokens) expect((await refresh(one.url, refresh_token)).status).to.equal(401);
          // the process that detected reuse knows it at once, the other within a second: see revocations.spec
          for (const { access_token } of tokens) expect((await me(other.url, access_token)).status).to.equal(401);
        }),
      );
    }
    expect(reuses).to.equal(replays);
  });
});
