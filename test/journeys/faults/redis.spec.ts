import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { eventually } from '../support/phone.js';
import { expectNothingLost } from './support/expect-nothing-lost.js';
import { faultStage } from './support/fault-stage.js';
import { expectContract, summary } from './support/load.js';
import { underLoad } from './support/under-load.js';

const backInUseMs = 5000;

describe('Under load, a Redis that', () => {
  const under = underLoad();

  const isDegraded = async (): Promise<boolean> => {
    const text = await (await fetch(`${under.server.url}/metrics`)).text();
    return /^move_acces_rate_limit_degraded 1$/m.test(text);
  };
  const untilDegraded = (isWanted: boolean) => eventually(isDegraded, (degraded) => degraded === isWanted, backInUseMs);
  const changesOfState = (): readonly string[] =>
    under.server
      .output()
      .split('\n')
      .filter((line) => line.includes('"rate limits are '))
      .map((line) => JSON.parse(line).msg);
  const [alone, shared] = ['rate limits are kept by this process alone', 'rate limits are shared again'];

  /** Sends a command to Redis directly, without the proxy. */
  async function tell(...command: readonly [string, ...string[]]): Promise<void> {
    const redis = new Redis(under.stage.redis.url, { maxRetriesPerRequest: 1 });
    await redis.call(...command);
    redis.disconnect();
  }

  /** Without Redis there are no tickets; everything else continues, and limits are shared again in time. */
  async function expectUnharmed(): Promise<void> {
    await untilDegraded(false);
    await under.load.served(backInUseMs);
    await under.load.stop();
    console.log(`      ${summary(under.load.answers)}`);
    expectContract(under.load.answers);
    expect(under.load.answers.filter(({ status, operation }) => status === 503 && operation !== 'ticket')).to.deep.equal([]);
    await expectNothingLost(under.stage.stage.database, under.load.clients);
  }

  it('is killed: each process limits by itself, logs it once, and uses it again within 5 s', async function () {
    this.timeout(60_000);
    await untilDegraded(false);
    const before = changesOfState().length;
    const changes = async () => changesOfState().slice(before);
    await under.stage.redis.kill();
    try {
      await untilDegraded(true);
      await delay(1500);
      expect((await fetch(`${under.server.url}/readyz`)).status).to.equal(200);
      expect(await changes()).to.deep.equal([alone]);
    } finally {
      await under.stage.redis.start();
    }
    await expectUnharmed();
    // Redis may seem unavailable once more where the machine is busy: that is logged, too.
    const all = await eventually(changes, (said) => said.at(-1) === shared, backInUseMs);
    expect(all).to.deep.equal(all.map((_, index) => (index % 2 === 0 ? alone : shared)));
  });

  it('is frozen: the same', async function () {
    this.timeout(60_000);
    under.stage.redis.freeze();
    await untilDegraded(true).finally(() => delay(2000).then(() => under.stage.redis.thaw()));
    await expectUnharmed();
  });

  it('is emptied, and forgets its scripts', async function () {
    this.timeout(60_000);
    for (let round = 0; round < 5; round += 1) {
      await tell('FLUSHALL');
      await tell('SCRIPT', 'FLUSH');
      await delay(100);
    }
    await expectUnharmed();
  });

  it('may only be read from', async function () {
    this.timeout(60_000);
    await tell('REPLICAOF', '127.0.0.1', '1');
    try {
      await untilDegraded(true);
    } finally {
      await tell('REPLICAOF', 'NO', 'ONE');
    }
    await expectUnharmed();
  });

  it('has no memory left', async function () {
    this.timeout(60_000);
    await tell('CONFIG', 'SET', 'maxmemory', '1');
    try {
      await untilDegraded(true);
    } finally {
      await tell('CONFIG', 'SET', 'maxmemory', '0');
    }
    await expectUnharmed();
  });

  it('is cut off, half open, slow, or loses its responses on the way', async function () {
    this.timeout(60_000);
    for (const mode of ['refuse', 'drop_answers', 'silence', 600] as const) {
      under.stage.redisWire.behave(mode);
      await delay(1200);
    }
    under.stage.redisWire.behave('pass');
    await expectUnharmed();
  });
});

describe('While Redis is away, a login', () => {
  it('is limited by each process at the same number', async function () {
    this.timeout(60_000);
    await using stage = await faultStage({ LOGIN_RATE_LIMIT: '5/60' });
    stage.redisWire.behave('refuse');
    await using server = await stage.start();
    const body = JSON.stringify({ email: 'alice.martin@example.org', password: 'wrong horse' });
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`${server.url}/auth/login`, { method: 'POST', headers, body })).status;
      }),
    );
    expect(statuses.filter((status) => status === 401)).to.have.lengthOf(5);
    expect(statuses.filter((status) => status === 429)).to.have.lengthOf(55);
  });
});
