import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { residentKib } from '../../../tools/bench/figures/memory-of.js';
import { itInTime } from '../../support/it-in-time.js';
import type { RunningServer } from '../../support/running-server.js';
import { bySize } from '../../support/test-size.js';
import { eventually, logIn, registerSomeone } from '../support/phone.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';
import { burstOfLogins, cutSlowConnections } from './support/hostile-clients.js';
import { startLatencyProbe } from './support/latency-probe.js';

const logins = bySize({ short: 100, long: 500 });
const rounds = bySize({ short: 1, long: 3 });

// How long others wait meanwhile is measured in test/load/hostile-clients.spec.ts.
describe('Against clients that mean no good', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  it(`${logins} logins at once, half of them gone after 50 ms, neither use up the memory nor delay other clients`, async function () {
    this.timeout(120_000);
    // Twice as many as those that stay find no place in the queue.
    const env = { NODE_OPTIONS: '--max-old-space-size=192', HASH_CONCURRENCY: '2', HASH_QUEUE: String(logins / 4) };
    await using server = await stage.start({ env });
    const { access_token } = await registerSomeone(server.url);
    // an account of its own: it has 200 sessions at most, and a login beyond that ends the oldest
    const { email } = await registerSomeone(server.url);
    for (let round = 0; round < rounds; round += 1) {
      const probe = await startLatencyProbe(server.url, access_token);
      const hashing = watchHashes(server);
      const outcomes = await burstOfLogins(server, email, logins);
      const seen = await probe.stop();
      expect(seen.statuses).to.deep.equal(new Set([200]));
      const answered = outcomes.filter((outcome) => outcome !== 'left');
      // A login that would wait for its hash longer than the time limit is refused at once.
      expect(['200', '503 overloaded', '503 dependency_unavailable']).to.include.members(answered);
      expect(answered).to.include('200').and.to.include('503 overloaded');
      expect((await hashing.stop()).max).to.equal(2);
      const counts = Object.entries(Object.groupBy(answered, String)).map(([outcome, list]) => `${list?.length} × ${outcome}`);
      console.log(`      ${counts.join(', ')}; ${seen.count} requests of others; ${Math.round(residentKib(server.pid) / 1024)} MiB`);
    }
    expect(residentKib(server.pid) / 1024).to.be.below(450);
    expect((await logIn(server.url, email)).status).to.equal(200);
  });

  itInTime('500 connections that send a byte every ten seconds are cut, and honest clients notice nothing', async () => {
    await using server = await stage.start();
    const { access_token } = await registerSomeone(server.url);
    const probe = await startLatencyProbe(server.url, access_token);
    const tookMs = await cutSlowConnections(server, 500);
    const seen = await probe.stop();
    console.log(`      cut within ${Math.round(tookMs)} ms; ${seen.count} requests of others`);
    expect(tookMs).to.be.below(25_000);
    expect(seen.statuses).to.deep.equal(new Set([200]));
  }).timeout(60_000);
});

/** Reads the gauge of running hashes again and again. */
function watchHashes({ url }: RunningServer): { stop(): Promise<{ readonly max: number }> } {
  let max = 0;
  let isOver = false;
  const gauge = async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^move_acces_password_hash_running (\d+)$/m.exec(text)?.[1]);
  };
  const watching = (async () => {
    while (!isOver) {
      max = Math.max(max, await gauge());
      await delay(20);
    }
  })();
  return {
    async stop() {
      // A place is held until its hash is done, even if the client has left: in the end all are free again.
      await eventually(gauge, (running) => running === 0, 10_000);
      isOver = true;
      await watching;
      return { max };
    },
  };
}
