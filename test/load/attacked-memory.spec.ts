import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { inspectable, watchLiveBytes } from '../support/live-bytes-of.js';
import { startServer } from '../support/running-server.js';
import { Attacker } from './support/attacker.js';

const accounts = 200;
const attackMs = 60_000;
const sampleMs = 5000;
const mostMib = 64;

const defaultLimits = { LOGIN_RATE_LIMIT: '5/60', API_RATE_LIMIT: '100/300', ACCOUNT_RATE_LIMIT: '10/900' };

/** Of all pages that the process has in memory, garbage among them. */
const residentMib = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe('A process that 200 accounts attack', () => {
  it('for a minute, each from an address of its own, holds at most 64 MiB more than before, and less after they have left', async function () {
    this.timeout(attackMs + 300_000);
    await using stage = await embeddedStage({ ...defaultLimits, ...inspectable });
    await using server = await startServer({ ...stage, args: ['serve', 'all'] });
    const attackers = Array.from({ length: accounts }, (_, index) => {
      const address = `127.1.${Math.floor(index / 100)}.${1 + (index % 100)}`;
      return new Attacker({ url: server.url, address, email: `attacker-${index}@example.org` });
    });
    for (const attacker of attackers) await attacker.register();
    await using memory = await watchLiveBytes(server);
    const before = await memory.measureMib();
    const residentBefore = residentMib(server.pid);

    const stop = new AbortController();
    const attacks = Promise.all(attackers.map((attacker) => attacker.attack(stop.signal)));
    let most = 0;
    for (let passed = 0; passed < attackMs; passed += sampleMs) {
      await delay(sampleMs);
      const live = (await memory.measureMib()) - before;
      most = Math.max(most, live);
      console.log(`      after ${(passed + sampleMs) / 1000} s: ${live.toFixed(1)} MiB more`);
    }
    stop.abort();
    await attacks;
    for (const attacker of attackers) attacker.leave();
    await delay(2000);
    const after = (await memory.measureMib()) - before;
    const resident = residentMib(server.pid) - residentBefore;
    console.log(
      `      ${most.toFixed(1)} MiB more at most, ${after.toFixed(1)} once they had left; ${resident.toFixed(1)} MiB more resident`,
    );
    expect(most).to.be.below(mostMib);
    expect(after).to.be.below(mostMib);
    expect(resident).to.be.below(mostMib);
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
  });
});
