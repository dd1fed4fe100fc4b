import { expect } from 'chai';
import { Redis } from 'ioredis';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { eventually, logIn, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

describe('A Redis that forgets', () => {
  let redis: RedisServer;
  let owner: Redis;
  let stage: ServerStage;
  let server: RunningServer;
  before(async function () {
    this.timeout(60_000);
    redis = await startRedisServer();
    owner = new Redis(redis.url);
    owner.on('error', () => {}); // while it is stopped
    await owner.config('SET', 'maxmemory-policy', 'volatile-ttl');
    stage = await serverStage({ REDIS_URL: redis.url, LOGIN_RATE_LIMIT: '5/600' }, { redis });
    server = await startServer({ env: stage.env });
  });
  after(async () => {
    owner?.disconnect();
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  const kept = () => owner.keys('ma:rl:{login:*');
  const statusesOf = async (count: number) => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index += 1) statuses.push((await logIn(server.url, 'nobody@example.org', 'wrong horse')).status);
    return statuses;
  };
  const readiness = async () => {
    const response = await fetch(`${server.url}/readyz`);
    const body = (await response.json()) as { readonly status: string; readonly dependencies: readonly { readonly name: string }[] };
    return { status: response.status, redis: body.dependencies.find(({ name }) => name === 'redis') };
  };
  const gauge = async () => /^move_acces_redis_evicts (\d)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];

  it('is warned of at the start, by /readyz and by a metric, until its policy is set to noeviction', async () => {
    const warning = 'maxmemory-policy volatile-ttl lets it forget rate limits: set noeviction';
    expect(server.output()).to.match(/"level":"warn".*"policy":"volatile-ttl".*"msg":"redis may forget rate limits: [^"]*noeviction"/);
    expect(await readiness()).to.deep.equal({ status: 200, redis: { name: 'redis', state: 'up', warning } });
    expect(await gauge()).to.equal('1');
    await owner.config('SET', 'maxmemory-policy', 'noeviction');
    await eventually(readiness, (found) => !('warning' in (found.redis ?? {})), 5000);
    expect(await gauge()).to.equal('0');
    await owner.config('SET', 'maxmemory-policy', 'volatile-ttl');
    await eventually(readiness, (found) => 'warning' in (found.redis ?? {}), 5000);
  });

  it('lets one process allow no login too many, when memory is full, when it was restarted while idle, or accepts no writes', async function () {
    this.timeout(60_000);
    await registerSomeone(server.url);
    expect(await statusesOf(6)).to.deep.equal([401, 401, 401, 401, 401, 429]);
    expect(await kept()).not.to.have.length(0);

    await fillUntilRefused(owner);
    expect(await kept(), 'evicted').to.deep.equal([]);
    await owner.config('SET', 'maxmemory', '0');
    expect(await statusesOf(2), 'evicted').to.deep.equal([429, 429]);

    await owner.config('SET', 'maxmemory-policy', 'noeviction');
    await eventually(readiness, (found) => !('warning' in (found.redis ?? {})), 5000);
    await redis.stop();
    await redis.start();
    await eventually(readiness, (found) => JSON.stringify(found.redis).includes('"up"'), 5000);
    expect(await statusesOf(2), 'restarted').to.deep.equal([429, 429]);

    await owner.config('SET', 'maxmemory', '1');
    expect(await statusesOf(2), 'full').to.deep.equal([429, 429]);
    expect(server.output()).to.match(/"msg":"rate limits are kept by this process alone"/);
    await owner.config('SET', 'maxmemory', '0');
  });
});

/** What has an end is evicted for what has none, until nothing is left to evict. */
async function fillUntilRefused(owner: Redis): Promise<void> {
  const [, used = '0'] = /^used_memory:(\d+)/m.exec(await owner.info('memory')) ?? [];
  await owner.config('SET', 'maxmemory', String(Number(used) + 1_000_000));
  for (let index = 0; index < 200; index += 1) {
    const isRefused = await owner.set(`filler:${index}`, 'x'.repeat(100_000)).then(
      () => false,
      () => true,
    );
    if (isRefused) break;
  }
  await owner.config('SET', 'maxmemory', '0');
  for (let index = 0; index < 200; index += 1) await owner.unlink(`filler:${index}`);
}
