import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import type { RunningServer } from '../../support/running-server.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import type { TcpProxy, WireMode } from '../../support/tcp-proxy.js';
import { bySize } from '../../support/test-size.js';
import { expectNothingLost } from './support/expect-nothing-lost.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';
import { allowConnections, holdConnections, holdRows } from './support/foreign-hands.js';
import { expectContract, type Load, startLoad, summary } from './support/load.js';

/** `FAULT_MINUTES=20 FAULT_SEED=… npm run test:long -- test/journeys/faults` for longer, and for the same faults again. */
const minutes = Number(process.env.FAULT_MINUTES ?? bySize({ short: 0.25, long: 10 }));
const seed = Number(process.env.FAULT_SEED ?? bySize({ short: 7, long: Date.now() % 1_000_000 }));

type Random = () => number;
type Fault = (stage: FaultStage, random: Random) => Promise<void>;

const someTime = (random: Random, maxMs: number) => delay(50 + random() * maxMs);

function wireFault(wire: (stage: FaultStage) => TcpProxy, mode: WireMode): Fault {
  return async (stage, random) => {
    wire(stage).behave(mode);
    await someTime(random, 2500);
    wire(stage).behave('pass');
  };
}

const modes = ['refuse', 'silence', 'drop_answers', 300, 1000] as const;

async function tellRedis({ redis }: FaultStage, ...command: readonly [string, ...string[]]): Promise<void> {
  const client = new Redis(redis.url, { maxRetriesPerRequest: 1 });
  await client.call(...command);
  client.disconnect();
}

const faults: Readonly<Record<string, Fault>> = {
  'database killed': async ({ database }, random) => {
    await database.kill();
    await someTime(random, 1500);
    await database.start();
  },
  'database frozen': async ({ database }, random) => {
    database.freeze();
    await someTime(random, 3000).finally(() => database.thaw());
  },
  'database connections cut': async ({ databaseWire }) => databaseWire.cut(),
  'database connections taken': async ({ stage }, random) => {
    await allowConnections(stage.database, 30);
    try {
      await using _held = await holdConnections(stage.database);
      await delay(500 + random() * 1500);
    } finally {
      await allowConnections(stage.database, 500);
    }
  },
  'rows held': ({ stage }, random) => holdRows(stage.database, random() * 1500),
  'redis killed': async ({ redis }, random) => {
    await redis.kill();
    await someTime(random, 1500);
    await redis.start();
  },
  'redis frozen': async ({ redis }, random) => {
    redis.freeze();
    await someTime(random, 3000).finally(() => redis.thaw());
  },
  'redis emptied': async (stage) => {
    await tellRedis(stage, 'FLUSHALL');
    await tellRedis(stage, 'SCRIPT', 'FLUSH');
  },
  'redis read-only': async (stage, random) => {
    await tellRedis(stage, 'REPLICAOF', '127.0.0.1', '1');
    await someTime(random, 1500);
    await tellRedis(stage, 'REPLICAOF', 'NO', 'ONE');
  },
  ...Object.fromEntries(modes.map((mode) => [`database wire ${mode}`, wireFault(({ databaseWire }) => databaseWire, mode)])),
  ...Object.fromEntries(modes.map((mode) => [`redis wire ${mode}`, wireFault(({ redisWire }) => redisWire, mode)])),
};

describe(`Under mixed load and faults at random (FAULT_SEED=${seed})`, () => {
  let stage: FaultStage;
  let servers: RunningServer[];
  let load: Load;
  let turn = 0;
  before(async function () {
    this.timeout(60_000);
    stage = await faultStage();
    servers = [await stage.start(), await stage.start()];
    load = startLoad({ url: () => servers[turn++ % servers.length]?.url ?? '', clients: 10, seed, pauseMs: 10 });
    await load.served(30_000);
  });
  after(async () => {
    await load?.[Symbol.asyncDispose]();
    for (const server of servers ?? []) await server[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  it('every response is in the contract, and nothing is lost', async function () {
    this.timeout(minutes * 60_000 + 120_000);
    const random = seededNumbers(seed);
    const names = Object.keys(faults);
    const done: Record<string, number> = {};
    const endsAt = performance.now() + minutes * 60_000;
    while (performance.now() < endsAt) {
      const dice = random();
      const name = names[Math.floor(random() * names.length)] ?? '';
      done[name] = (done[name] ?? 0) + 1;
      const running = faults[name]?.(stage, random) ?? Promise.resolve();
      // Now and then a process is replaced meanwhile: by a signal, or killed.
      if (dice < 0.15) await Promise.all([running, replaceServer(dice < 0.08 ? 'SIGTERM' : 'SIGKILL')]);
      await running;
      await someTime(random, 800);
    }
    const tookMs = await load.served(10_000);
    await load.stop();
    console.log(`      ${JSON.stringify(done)}`);
    console.log(`      served again after ${Math.round(tookMs)} ms; ${summary(load.answers)}`);
    expectContract(load.answers, { mayBreak: true });
    const unanswered = load.answers.filter(({ status }) => status === 0);
    expect(unanswered.length).to.be.below(load.answers.length / 10);
    await expectNothingLost(stage.stage.database, load.clients);
  });

  /** While one is replaced, the other serves every request. */
  async function replaceServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const [old, other] = servers;
    if (old === undefined || other === undefined) return;
    servers = [other];
    await old.stop(signal);
    servers = [other, await stage.start()];
  }
});
