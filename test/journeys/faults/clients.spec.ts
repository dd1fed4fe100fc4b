import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { itInTime } from '../../support/it-in-time.js';
import type { RunningServer } from '../../support/running-server.js';
import { eventually, phonePassword, registerSomeone } from '../support/phone.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';
import { startLatencyProbe } from './support/latency-probe.js';

describe('Against clients that mean no good', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  it('500 logins at once, half of them gone after 50 ms, neither take the memory nor keep others waiting', async function () {
    this.timeout(120_000);
    const env = { NODE_OPTIONS: '--max-old-space-size=192', HASH_CONCURRENCY: '2' };
    await using server = await stage.start({ env });
    const { access_token, email } = await registerSomeone(server.url);
    const quiet = await startLatencyProbe(server.url, access_token);
    await delay(1000);
    const { p99Ms: quietMs } = await quiet.stop();

    // Where others keep the cores busy, everything takes as many times longer as there are processes for each core.
    const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    const rounds: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const probe = await startLatencyProbe(server.url, access_token);
      const hashing = watchHashes(server);
      const outcomes = await Promise.all(Array.from({ length: 500 }, (_, index) => logInOrLeave(server, email, index % 2 === 0)));
      const seen = await probe.stop();
      expect(seen.statuses).to.deep.equal(new Set([200]));
      rounds.push(seen.p99Ms);
      const answered = outcomes.filter((outcome) => outcome !== 'left');
      // Whoever would have waited for his hash longer than anybody may wait was told so in time.
      expect(['200', '503 overloaded', '503 dependency_unavailable']).to.include.members(answered);
      expect(answered).to.include('200').and.to.include('503 overloaded');
      expect((await hashing.stop()).most).to.equal(2);
      const counts = Object.entries(Object.groupBy(answered, String)).map(([outcome, list]) => `${list?.length} × ${outcome}`);
      console.log(
        `      ${counts.join(', ')}; ` +
          `p99 of others ${Math.round(seen.p99Ms)} ms of ${seen.count} (${Math.round(quietMs)} ms when quiet); ${await residentMiB(server)} MiB`,
      );
    }
    expect(await residentMiB(server)).to.be.below(450);
    expect(Math.min(...rounds)).to.be.below(250 * share);
    expect((await apiClient(server.url).request('POST', '/auth/login', { body: { email, password: phonePassword } })).status).to.equal(200);
  });

  itInTime('500 connections that send a byte every ten seconds are cut, and honest clients notice nothing', async () => {
    await using server = await stage.start();
    const { access_token } = await registerSomeone(server.url);
    const quiet = await startLatencyProbe(server.url, access_token);
    await delay(1000);
    const { p99Ms: quietMs } = await quiet.stop();
    const { hostname, port } = new URL(server.url);
    const probe = await startLatencyProbe(server.url, access_token);
    const startedAt = performance.now();
    const slow = Array.from({ length: 500 }, () => connect(Number(port), hostname));
    const cut = Promise.all(slow.map((socket) => untilCut(socket)));
    const head = 'GET /users/me HTTP/1.1\r\n';
    let sent = 0;
    const drip = () => {
      for (const socket of slow) if (!socket.destroyed) socket.write(head.charAt(sent));
      sent += 1;
    };
    const dripping = setInterval(drip, 10_000);
    drip();
    await cut;
    clearInterval(dripping);
    const tookMs = performance.now() - startedAt;
    const seen = await probe.stop();
    console.log(
      `      cut within ${Math.round(tookMs)} ms; p99 of others ${Math.round(seen.p99Ms)} ms (${Math.round(quietMs)} ms when quiet)`,
    );
    expect(tookMs).to.be.below(25_000);
    expect(seen.statuses).to.deep.equal(new Set([200]));
    expect(seen.p99Ms).to.be.below(Math.max(250, 5 * quietMs));
  }).timeout(60_000);
});

/** Status and code; or `left`, 50 ms after the request. */
function logInOrLeave({ url }: RunningServer, email: string, mayLeave: boolean): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const headers = { 'content-type': 'application/json' };
  const sent = request(`${url}/auth/login`, { method: 'POST', headers, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => resolve(response.statusCode === 200 ? '200' : `${response.statusCode} ${JSON.parse(text).code}`));
    response.on('error', () => resolve('left'));
  });
  sent.on('error', (error) => resolve(mayLeave ? 'left' : error.message));
  sent.end(JSON.stringify({ email, password: phonePassword }));
  if (mayLeave) setTimeout(() => sent.destroy(), 50);
  return promise;
}

/** Looks at the gauge of running hashes all the while. */
function watchHashes({ url }: RunningServer): { stop(): Promise<{ readonly most: number }> } {
  let most = 0;
  let isOver = false;
  const gauge = async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^move_acces_password_hash_running (\d+)$/m.exec(text)?.[1]);
  };
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, await gauge());
      await delay(20);
    }
  })();
  return {
    async stop() {
      // Places are held until the hash is done, whoever has gone: in the end all are free again.
      await eventually(gauge, (running) => running === 0, 10_000);
      isOver = true;
      await watching;
      return { most };
    },
  };
}

async function residentMiB({ pid }: RunningServer): Promise<number> {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}

function untilCut(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
