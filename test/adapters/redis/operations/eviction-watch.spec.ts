import { expect } from 'chai';
import { Redis } from 'ioredis';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { EvictionWatch } from '../../../../adapters/redis/operations/eviction-watch.js';
import { RedisProbe } from '../../../../adapters/redis/operations/redis-probe.js';
import { until } from '../../../kit/contracts/live/event-bus.contract.js';
import { itInTime } from '../../../support/it-in-time.js';
import { type RedisServer, startRedisServer } from '../../../support/servers/redis-server.js';

describe('A Redis that may delete keys', () => {
  let server: RedisServer;
  let owner: Redis;
  before(async () => {
    server = await startRedisServer({ extraArgs: ['--maxmemory-policy', 'allkeys-lru'] });
    owner = new Redis(server.url);
    owner.on('error', () => {}); // while it is stopped
  });
  beforeEach(() => owner.config('SET', 'maxmemory-policy', 'allkeys-lru'));
  after(async () => {
    owner?.disconnect();
    await server?.[Symbol.asyncDispose]();
  });

  /** As the account that may do `rules`; without, as the default one. */
  async function open(rules: readonly string[] = []) {
    const user = `app${rules.length}`;
    if (rules.length > 0) await owner.call('ACL', 'SETUSER', user, 'on', '>s3cret', '~*', '+@all', ...rules);
    const logger = new MemoryLogger();
    const access = rules.length > 0 ? { username: user, password: 's3cret' } : {};
    const redis = await connectRedis({ target: { kind: 'single', host: server.host, port: server.port, ...access }, logger });
    const evictions = new EvictionWatch({ redis, logger });
    const said = () => logger.entries.filter(({ message }) => /maxmemory|forget/.test(message)).map(({ level, fields }) => [level, fields]);
    return {
      evictions,
      said,
      probe: new RedisProbe({ redis, evictions }),
      async [Symbol.asyncDispose]() {
        evictions[Symbol.dispose]();
        await redis[Symbol.asyncDispose]();
      },
    };
  }

  it('is a warning of the probe and one of the log, until it is set otherwise', async () => {
    await using opened = await open();
    const { probe, said } = opened;
    for (let time = 0; time < 3; time += 1) await probe.check();
    expect(probe.warning()).to.equal('maxmemory-policy allkeys-lru lets it forget rate limits: set noeviction');
    expect(said()).to.deep.equal([['warn', { policy: 'allkeys-lru' }]]);

    await owner.config('SET', 'maxmemory-policy', 'noeviction');
    await probe.check();
    expect(probe.warning()).to.equal(null);
    await owner.config('SET', 'maxmemory-policy', 'volatile-ttl');
    await probe.check();
    expect(said().slice(1)).to.deep.equal([
      ['info', { policy: 'noeviction' }],
      ['warn', { policy: 'volatile-ttl' }],
    ]);
  });

  it('is found by CONFIG where INFO is refused', async () => {
    await using opened = await open(['-info']);
    await opened.evictions.look();
    expect(opened.evictions.evictingPolicy).to.equal('allkeys-lru');
  });

  it('is not detected where both commands are rejected, which only the debug log shows, and is not queried at each check', async () => {
    await using opened = await open(['-info', '-config']);
    await owner.call('ACL', 'LOG', 'RESET');
    for (let time = 0; time < 3; time += 1) await opened.probe.check();
    expect(opened.probe.warning()).to.equal(null);
    expect(opened.said()).to.deep.equal([['debug', {}]]);
    const refused = (await owner.call('ACL', 'LOG')) as (string | number)[][]; // a cast: the form of the reply
    expect(refused.map((entry) => [entry[1], entry[7]]).sort()).to.deep.equal([
      [1, 'config|get'],
      [1, 'info'],
    ]);
  });

  itInTime('is found when another server takes the place of one that kept everything', async () => {
    await owner.config('SET', 'maxmemory-policy', 'noeviction');
    await using opened = await open();
    await opened.evictions.look();
    expect(opened.evictions.evictingPolicy).to.equal(null);
    await server.stop();
    await server.start(); // as on its command line: allkeys-lru
    await until(() => opened.evictions.evictingPolicy === 'allkeys-lru');
  });
});
