import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { itInTime } from '../../support/it-in-time.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { eventually, refresh, registerSomeone } from '../support/phone.js';
import { expectNothingLost } from './support/expect-nothing-lost.js';
import { allowConnections, deadlockWith, holdConnections, holdRows } from './support/foreign-hands.js';
import { HonestClient } from './support/honest-client.js';
import { expectContract, summary } from './support/load.js';
import { underLoad } from './support/under-load.js';

const recoveryMs = 10_000;
/** Max wait for a fault to take effect: requests that need no database are served meanwhile. */
const outageMs = 15_000;

describe('Under load, a database that', () => {
  const under = underLoad();

  /** Every client is served again in time, every response was valid, and nothing is lost. */
  async function expectRecovery(): Promise<void> {
    const tookMs = await under.load.served(recoveryMs);
    await under.load.stop();
    console.log(`      served again after ${Math.round(tookMs)} ms: ${summary(under.load.answers)}`);
    expectContract(under.load.answers);
    await expectNothingLost(under.stage.stage.database, under.load.clients);
  }
  /** Waits until a client that has connected since then got a 503. */
  const outageSince = (since: number) =>
    eventually(
      async () => under.load.answers.some(({ status, startedAt }) => status === 503 && startedAt >= since),
      (wasSeen) => wasSeen,
      outageMs,
    );

  it('is killed: 503 until it is back, and nothing that was confirmed is lost', async function () {
    this.timeout(60_000);
    await under.stage.database.kill();
    const since = performance.now();
    try {
      expect((await fetch(`${under.server.url}/readyz`)).status).to.equal(503);
      expect((await fetch(`${under.server.url}/healthz`)).status).to.equal(200);
      await delay(1000);
      await outageSince(since);
    } finally {
      await under.stage.database.start();
    }
    await expectRecovery();
    expect((await fetch(`${under.server.url}/readyz`)).status).to.equal(200);
  });

  it('is frozen: no request takes longer than three seconds', async function () {
    this.timeout(60_000);
    under.stage.database.freeze();
    const since = performance.now();
    await delay(4000)
      .then(() => outageSince(since))
      .finally(() => under.stage.database.thaw());
    await expectRecovery();
  });

  it('loses all connections at once', async function () {
    this.timeout(60_000);
    for (let round = 0; round < 5; round += 1) {
      const ids = (await under.stage.stage.database.query(
        `select id from information_schema.processlist where user = database() and id <> connection_id()`,
      )) as { readonly id?: number; readonly ID?: number }[];
      for (const { id, ID } of ids) await under.stage.stage.database.query(`kill ${id ?? ID}`).catch(() => {});
      await delay(100);
    }
    await expectRecovery();
  });

  it('is slow: a response comes in time all the same', async function () {
    this.timeout(60_000);
    under.stage.databaseWire.behave(700); // each way: a sign-in needs several round trips
    const since = performance.now();
    await delay(4000);
    await outageSince(since);
    under.stage.databaseWire.behave('pass');
    await expectRecovery();
  });

  it('was slow: a refresh whose client has gone does not end the session of a client that continued', async function () {
    this.timeout(60_000);
    await under.load.stop();
    const { url } = under.server;
    for (const delayMs of [400, 650, 1000]) {
      let { refresh_token: token } = await registerSomeone(url);
      under.stage.databaseWire.behave(delayMs);
      const given = await refresh(url, token);
      under.stage.databaseWire.behave('pass');
      expect(given.status, `${delayMs} ms`).to.equal(503);
      for (let count = 0; count < 3; count += 1) {
        const next = await eventually(
          () => refresh(url, token),
          ({ status }) => status !== 503,
          10_000,
        );
        expect(next.status, `${delayMs} ms`).to.equal(200);
        token = next.body.refresh_token;
      }
      await delay(2 * delayMs + 1000); // what was on its way has arrived
      expect((await refresh(url, token)).status, `${delayMs} ms`).to.equal(200);
    }
  });

  it('is cut off, half open, or loses its responses on the way', async function () {
    this.timeout(60_000);
    for (const mode of ['refuse', 'drop_answers', 'silence'] as const) {
      under.stage.databaseWire.behave(mode);
      const since = performance.now();
      await delay(1200);
      await outageSince(since);
    }
    under.stage.databaseWire.behave('pass');
    await expectRecovery();
  });

  it('has no connection left to give', async function () {
    this.timeout(60_000);
    const { database } = under.stage.stage;
    await database.query('set global max_connections = 10');
    try {
      under.stage.databaseWire.behave('refuse'); // so that the others come first
      under.stage.databaseWire.cut();
      await using held = await holdConnections(database);
      expect(held.count).to.be.greaterThan(3);
      under.stage.databaseWire.behave('pass');
      const since = performance.now();
      await delay(1000);
      await outageSince(since);
    } finally {
      under.stage.databaseWire.behave('pass');
      await allowConnections(database, 500);
    }
    await expectRecovery();
  });

  it('has its rows locked by another application: retried or 503, and never half of it', async function () {
    this.timeout(60_000);
    for (const forMs of [10, 20, 50, 100, 200, 500, 1500, 10, 20, 50]) await holdRows(under.stage.stage.database, forMs);
    await expectRecovery();
  });

  itInTime('ends a transaction in a deadlock: it is retried, and no client notices', async () => {
    await under.load.stop();
    const url = () => under.server.url;
    const newcomers = Array.from({ length: 6 }, (_, index) => new HonestClient({ url, random: seededNumbers(index) }));
    const ended: string[] = [];
    for (const [index, newcomer] of newcomers.entries()) {
      const hasMuchToUndo = index % 2 === 1;
      ended.push(await deadlockWith(() => newcomer.step(), { database: under.stage.stage.database, hasMuchToUndo }));
    }
    // With little to undo it is either: that hangs on how many rows the other holds.
    expect(ended.filter((_, index) => index % 2 === 1)).to.deep.equal(Array(3).fill('the registration'));
    const answers = newcomers.flatMap((newcomer) => newcomer.answers);
    console.log(`      after ${ended.length} deadlocks: ${summary(answers)}`);
    expect(answers.map(({ status }) => status)).to.deep.equal(newcomers.map(() => 201));
    await expectNothingLost(under.stage.stage.database, newcomers);
  }).timeout(60_000);
});
