import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { residentKib } from '../../tools/bench/figures/memory-of.js';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { inspectable, watchLiveBytes } from '../support/live-bytes-of.js';
import { startServer } from '../support/running-server.js';
import { Attacker } from './support/attacker.js';

const accounts = 200;
const attackMs = 60_000;
const sampleMs = 5000;
const maxMib = 64;

const defaultLimits = { LOGIN_RATE_LIMIT: '5/60', API_RATE_LIMIT: '100/300', ACCOUNT_RATE_LIMIT: '10/900' };

describe('A process that 200 accounts attack', () => {
  it('for a minute, each from an address of its own, holds at most 64 MiB more than before, live and resident', async function () {
    this.timeout(attackMs + 300_000);
    await using stage = await embeddedStage({ ...defaultLimits, ...inspectable });
    await using server = await startServer({ ...stage, args: ['serve', 'all'] });
    const attackers = Array.from({ length: accounts }, (_, index) => {
      const address = `127.1.${Math.floor(index / 100)}.${1 + (index % 100)}`;
      return new Attacker({ url: server.url, address, email: `attacker-${index}@example.org` });
    });
    for (const attacker of attackers) await attacker.register();
    await using memory = await watchLiveBytes(server);
    // both after a collection: the amount of garbage at any time is random; memory that the C library did not return is counted
    const measure = async () => ({ live: await memory.measureMib(), resident: residentKib(server.pid) / 1024 });
    const before = await measure();
    const maxGrowth = { live: 0, resident: 0 };
    const measureMore = async (when: string) => {
      const now = await measure();
      const more = { live: now.live - before.live, resident: now.resident - before.resident };
      maxGrowth.live = Math.max(maxGrowth.live, more.live);
      maxGrowth.resident = Math.max(maxGrowth.resident, more.resident);
      console.log(`      ${when}: ${more.live.toFixed(1)} MiB more live, ${more.resident.toFixed(1)} more resident`);
    };

    const stop = new AbortController();
    const attacks = Promise.all(attackers.map((attacker) => attacker.attack(stop.signal)));
    for (let passed = 0; passed < attackMs; passed += sampleMs) {
      await delay(sampleMs);
      await measureMore(`after ${(passed + sampleMs) / 1000} s`);
    }
    stop.abort();
    await attacks;
    for (const attacker of attackers) attacker.leave();
    await delay(2000);
    await measureMore('once they had left');
    expect(maxGrowth.live, 'live').to.be.below(maxMib);
    expect(maxGrowth.resident, 'resident').to.be.below(maxMib);
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
  });
});
