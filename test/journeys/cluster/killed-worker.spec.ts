import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { eventually, me, registerSomeone, type TokenBody } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { type Crew, isAlive, startCrew, timeoutMs } from './support/start-crew.js';

const phones = 10;
const refreshesEach = 50;

describe('A worker that is killed', () => {
  let stage: ServerStage;
  let crew: Crew;
  before(async function () {
    this.timeout(60_000);
    stage = await serverStage();
    crew = await startCrew(stage);
  });
  after(async () => {
    await crew?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  it('during 500 refreshes signs no user out, causes no response outside the contract, and is replaced', async function () {
    this.timeout(90_000);
    const owners = [];
    while (owners.length < phones) owners.push(await registerSomeone(crew.url));
    const victim = crew.pidOf(0);
    const statuses = new Map<number, number>();
    let lost = 0;
    let answered = 0;
    /** As an app does: without a response, or after the action `retry`, it retries with the same token. */
    const refreshed = async (token: string): Promise<TokenBody> => {
      for (;;) {
        const answer = await apiClient(crew.url)
          .request('POST', '/auth/refresh', { body: { refresh_token: token } })
          .catch((error: unknown) => {
            // no response at all; one that is not as documented has another message
            if (error instanceof TypeError) return null;
            throw error;
          });
        if (answer === null) lost += 1;
        else statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer?.status === 200) return answer.body;
        if (answer !== null) expect(answer.status, answer.text).to.equal(503);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const last = await Promise.all(
      owners.map(async ({ refresh_token, session_id }) => {
        let tokens: TokenBody = await refreshed(refresh_token);
        for (let count = 1; count < refreshesEach; count += 1) {
          tokens = await refreshed(tokens.refresh_token);
          answered += 1;
          if (answered === 200) process.kill(victim, 'SIGKILL');
        }
        expect(tokens.session_id).to.equal(session_id);
        return tokens;
      }),
    );
    console.log(`      ${statuses.get(200)} refreshes answered, ${lost} connections lost`);
    expect(statuses.get(200)).to.be.at.least(phones * refreshesEach);
    for (const { access_token } of last) expect((await me(crew.url, access_token)).status).to.equal(200);
    const loggedOut = await stage.database.query('select id from auth_sessions where revoked_at is not null');
    expect(loggedOut).to.deep.equal([]);

    expect(isAlive(victim)).to.equal(false);
    const successor = await eventually(
      async () => crew.pidOf(0),
      (pid) => pid !== victim,
      timeoutMs,
    );
    expect(isAlive(successor)).to.equal(true);
    const served = () => crew.lines('request').filter(({ worker }) => worker === 0).length;
    const before = served();
    for (let ask = 0; ask < 10; ask += 1) expect((await crew.ask('GET', '/users/me')).status).to.equal(401);
    await eventually(
      async () => served(),
      (count) => count > before,
      timeoutMs,
    );
  });

  it('decreases no counter: its last report is kept', async () => {
    const refusals = 'http_requests_total{method="GET",route="/users/me",status="401"}';
    await crew.ask('GET', '/users/me');
    const before = await crew.counted(refusals);
    const endsBefore = await crew.counted('move_acces_worker_ends_total');
    await ended(1, 'SIGKILL');
    expect(await crew.counted(refusals)).to.equal(before);
    await crew.ask('GET', '/users/me');
    await eventually(
      () => crew.counted(refusals),
      (count) => count === before + 1,
      timeoutMs,
    );
    expect(await crew.counted('move_acces_worker_ends_total')).to.equal(endsBefore + 1);
  });

  it('or stopped leaves all its counts', async () => {
    const refusals = 'http_requests_total{method="GET",route="/users/me",status="401"}';
    const before = await crew.counted(refusals);
    await Promise.all(Array.from({ length: 12 }, () => crew.ask('GET', '/users/me')));
    await ended(0, 'SIGTERM');
    expect(await crew.counted(refusals)).to.equal(before + 12);
  });

  it('is replaced at once, and more slowly each time that it soon happens again, while the other one serves', async () => {
    for (let kill = 0; kill < 2; kill += 1) {
      await ended(1, 'SIGKILL');
      expect((await crew.ask('GET', '/healthz')).status).to.equal(200);
    }
    const ends = crew.lines('worker ended, another one follows').filter(({ worker }) => worker === 1);
    expect(ends.map(({ waitMs }) => waitMs)).to.deep.equal([0, 500, 1000]);
    const starts = crew.lines('worker listens').filter(({ worker }) => worker === 1);
    for (const [index, { time, waitMs = 0 }] of ends.entries()) {
      expect(Date.parse(starts[index + 1]?.time ?? '') - Date.parse(time)).to.be.at.least(waitMs);
    }
  });

  it('or frozen does not hold up the scrape of the other one', async () => {
    const served = 'http_requests_total{method="GET",route="/healthz",status="200"}';
    await crew.ask('GET', '/healthz');
    const count = await crew.counted(served);
    const frozen = crew.pidOf(1);
    process.kill(frozen, 'SIGSTOP');
    try {
      const scrape = async () => {
        const response = await fetch(`${crew.url}/metrics`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(3500) });
        return await response.text();
      };
      // some of the connections go to the one that is frozen
      const scrapes = await Promise.allSettled([scrape(), scrape(), scrape(), scrape()]);
      const texts = scrapes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(texts).to.have.length.above(1);
      for (const text of texts) expect(text).to.include(`${served} ${count}\n`);
    } finally {
      process.kill(frozen, 'SIGCONT');
    }
  });

  it('leaves no connection open without a response', async () => {
    const victim = crew.pidOf(1);
    process.kill(victim, 'SIGSTOP');
    const asked = Array.from({ length: 8 }, () =>
      fetch(`${crew.url}/healthz`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(timeoutMs) }).then(
        ({ status }) => status,
        ({ name }: Error) => name,
      ),
    );
    await Promise.race(asked);
    await crew.ask('GET', '/healthz');
    process.kill(victim, 'SIGKILL');
    const ends = await Promise.all(asked);
    expect(ends.filter((end) => end === 200)).to.have.length.above(5);
    expect(ends, 'a hang').not.to.include('TimeoutError');
    await eventually(
      async () => crew.pidOf(1),
      (pid) => pid !== victim,
      timeoutMs,
    );
  });

  /** Resolves when another worker serves in its place. */
  async function ended(seat: number, signal: NodeJS.Signals): Promise<void> {
    const victim = crew.pidOf(seat);
    process.kill(victim, signal);
    await eventually(
      async () => crew.pidOf(seat),
      (pid) => pid !== victim,
      timeoutMs,
    );
  }
});
