import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { median } from '../../tools/bench/median.js';
import { type FaultStage, faultStage } from '../journeys/faults/support/fault-stage.js';
import { burstOfLogins, cutSlowConnections } from '../journeys/faults/support/hostile-clients.js';
import { type Seen, startLatencyProbe } from '../journeys/faults/support/latency-probe.js';
import { registerSomeone } from '../journeys/support/phone.js';
import type { RunningServer } from '../support/running-server.js';

const rounds = 5;

/** p99 of a client with a session, with others beside it: so many times what it is when the server has nothing else to do, at most. */
const maxRatio = { logins: 40, slowConnections: 5 };

describe('An honest client beside', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  /** The ratio of the p99 during `work` to the p99 of a quiet second just before it. */
  async function slowdown(server: RunningServer, token: string, work: () => Promise<unknown>): Promise<number> {
    const observe = async (meanwhile: () => Promise<unknown>): Promise<Seen> => {
      const probe = await startLatencyProbe(server.url, token);
      await meanwhile();
      return await probe.stop();
    };
    const quiet = await observe(() => delay(1000));
    const seen = await observe(work);
    console.log(`      p99 ${seen.p99Ms.toFixed(1)} ms of ${seen.count}, ${quiet.p99Ms.toFixed(1)} ms when quiet`);
    expect(seen.statuses).to.deep.equal(new Set([200]));
    return seen.p99Ms / quiet.p99Ms;
  }

  it('500 logins at once, half of them gone after 50 ms, is not kept waiting', async function () {
    this.timeout(120_000);
    await using server = await stage.start({ env: { HASH_CONCURRENCY: '2' } });
    const { access_token: token } = await registerSomeone(server.url);
    // an account of its own: it has 200 sessions at most, and a login beyond that ends the oldest
    const { email } = await registerSomeone(server.url);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) ratios.push(await slowdown(server, token, () => burstOfLogins(server, email, 500)));
    expect(median(ratios)).to.be.at.most(maxRatio.logins);
  });

  it('500 connections that send a byte every ten seconds notices nothing', async function () {
    this.timeout(120_000);
    await using server = await stage.start();
    const { access_token: token } = await registerSomeone(server.url);
    const ratios: number[] = [];
    for (let round = 0; round < 3; round += 1) ratios.push(await slowdown(server, token, () => cutSlowConnections(server, 500)));
    expect(median(ratios)).to.be.at.most(maxRatio.slowConnections);
  });
});
