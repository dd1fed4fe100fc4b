import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import { RedisRateLimitStore } from '../../../adapters/redis/limits/redis-rate-limit-store.js';
import { EventHistoryBudget } from '../../../adapters/redis/live/event-history-budget.js';
import { RedisEventBus } from '../../../adapters/redis/live/redis-event-bus.js';
import { readEvictionPolicy } from '../../../adapters/redis/operations/eviction-policy.js';
import { RedisProbe } from '../../../adapters/redis/operations/redis-probe.js';
import type { RedisConnection } from '../../../adapters/redis/redis-connection.js';
import type { RedisTarget } from '../../../adapters/redis/redis-target.js';
import { RedisRevocationFeed } from '../../../adapters/redis/sessions/redis-revocation-feed.js';
import { SystemScheduler } from '../../../adapters/system/system-scheduler.js';
import { userId } from '../../../core/domain/ids.js';
import type { RateRule } from '../../../core/domain/limits/rate-rule.js';
import { historyBounds } from '../../../core/domain/live/live-event.js';
import { openGuard } from '../../contracts/support/open-guard.js';
import { duration } from '../../contracts/support/redis-hands.js';
import { event, listenTo, until } from '../../kit/contracts/live/event-bus.contract.js';
import { sampleRevocation } from '../../kit/contracts/sessions/revocation-feed.contract.js';
import { RecordingListener } from '../../kit/contracts/support/recording-listener.js';
import { atOnce, rejection } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { findRedisServer } from '../../support/servers/find-server.js';
import { freePort } from '../../support/servers/free-port.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { ServerProcess } from '../../support/servers/server-process.js';

describe('redis in its shapes', () => {
  const rule: RateRule = { name: 'api', limit: 3, windowSeconds: 60 };

  /** Carries events of users in several slots, and records their histories. */
  const expectEventsToWork = async (redis: RedisConnection) => {
    const logger = new MemoryLogger();
    const bus = new RedisEventBus({ redis, guard: openGuard().guard, scheduler: new SystemScheduler({ onError: () => {} }), logger });
    const ids = ['1', '2', '3', '4', '5'].map(userId);
    const subscriber = await listenTo(bus);
    for (const id of ids) await subscriber.add(id);
    await Promise.all(ids.map((id) => bus.publish(event(id, 'n'))));
    await until(() => subscriber.events.length === ids.length);
    const budget = new EventHistoryBudget({ client: redis.client, bounds: { ...historyBounds, bytesInAll: 1 }, logger });
    await budget.sweep();
    const read = await bus.readAfter(ids[0] ?? userId('1'), { epoch: subscriber.events[0]?.epoch ?? '', offset: 0 }, 10);
    expect(read.kind).to.equal('lost');
    expect(await redis.client.zcard('ma:{events}:appended')).to.equal(0);
    await subscriber.stop();
  };

  /** Limits many subjects, and carries a revocation and events. */
  const expectToWork = async (target: RedisTarget) => {
    await using redis = await connectRedis({ target, logger: new MemoryLogger() });
    await new RedisProbe({ redis }).check();
    const store = new RedisRateLimitStore({ redis });
    const verdicts = await atOnce(100, (index) => store.take(rule, `subject-${index % 20}`));
    expect(verdicts.filter((verdict) => verdict.isAllowed)).to.have.length(60);
    const feed = new RedisRevocationFeed({ redis, guard: openGuard().guard, logger: new MemoryLogger() });
    const listener = new RecordingListener();
    const following = await feed.follow(listener);
    const revocation = sampleRevocation();
    await feed.announce([revocation]);
    await listener.until(() => listener.revocations.length > 0, 1000);
    await delay(700);
    expect(listener.longestSilenceMs()).to.be.lessThan(500);
    expect(listener.revocations).to.deep.equal([revocation]);
    expect(listener.losses).to.equal(0);
    await following.stop();
    await expectEventsToWork(redis);
  };

  itInTime('works on another database of a server that wants a password', async () => {
    await using server = await startRedisServer({ extraArgs: ['--user', 'app', 'on', '>s3cret', '~*', '&*', '+@all'] });
    const { host, port } = server;
    await expectToWork({ kind: 'single', host, port, db: 3, username: 'app', password: 's3cret' });
    await using redis = await connectRedis({
      target: { kind: 'single', host, port, username: 'app', password: 'wrong' },
      logger: new MemoryLogger(),
    });
    expect(await rejection(new RedisProbe({ redis }).check())).to.be.instanceOf(Error);
  });

  itInTime('works on a cluster, and fails soon when it is dead', async () => {
    await using nodes = new AsyncDisposableStack();
    const servers: RedisServer[] = [];
    for (let index = 0; index < 3; index += 1) servers.push(nodes.use(await startClusterNode()));
    await formCluster(servers);
    const target: RedisTarget = { kind: 'cluster', nodes: servers.map(({ host, port }) => ({ host, port })) };
    await expectToWork(target);
    await using redis = await connectRedis({ target, logger: new MemoryLogger() });
    expect(await readEvictionPolicy(redis.client)).to.equal('noeviction');
    await ask(servers[1] ?? expect.fail('there are three'), (node) => node.config('SET', 'maxmemory-policy', 'volatile-ttl'));
    expect(await readEvictionPolicy(redis.client), 'one node of three deletes keys').to.equal('volatile-ttl');
    await Promise.all(servers.map((server) => server.kill()));
    const store = new RedisRateLimitStore({ redis });
    const feed = new RedisRevocationFeed({ redis, guard: openGuard().guard, logger: new MemoryLogger() });
    for (let index = 0; index < 5; index += 1) expect(await duration(() => store.take(rule, `subject-${index}`))).to.be.lessThan(500);
    expect(await rejection(store.take(rule, 'someone'))).to.include({ code: 'dependency_unavailable' });
    expect(await duration(() => feed.announce([sampleRevocation()]))).to.be.lessThan(500);
  });

  itInTime('works on the master that sentinels name', async () => {
    await using master = await startRedisServer();
    const folder = await mkdtemp(join(tmpdir(), 'move-acces-sentinel-'));
    const port = await freePort();
    const config = join(folder, 'sentinel.conf');
    await writeFile(config, `port ${port}\nbind 127.0.0.1\ndir ${folder}\nsentinel monitor main 127.0.0.1 ${master.port} 1\n`);
    const sentinel = { host: '127.0.0.1', port };
    await using process = new ServerProcess({
      command: findRedisServer() ?? 'redis-server',
      args: [config, '--sentinel'],
      folder,
      probe: () => ask(sentinel, (redis) => redis.ping()),
    });
    await process.start();
    await expectToWork({ kind: 'sentinel', nodes: [sentinel], masterName: 'main' });
  });
});

async function startClusterNode(): Promise<RedisServer> {
  return await startRedisServer({ extraArgs: ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())] });
}

/** Deals the slots out and lets the nodes know each other. */
async function formCluster(servers: readonly RedisServer[]): Promise<void> {
  const bounds = servers.map((_, index) => Math.floor((16_384 / servers.length) * index));
  for (const [index, server] of servers.entries()) {
    await ask(server, (redis) => redis.call('CLUSTER', 'ADDSLOTSRANGE', bounds[index] ?? 0, (bounds[index + 1] ?? 16_384) - 1));
    await ask(server, (redis) => redis.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1));
  }
  for (const { host, port, busPort } of await Promise.all(servers.map(addressOf))) {
    for (const server of servers) await ask(server, (redis) => redis.call('CLUSTER', 'MEET', host, port, busPort));
  }
  for (const server of servers) {
    while (!String(await ask(server, (redis) => redis.call('CLUSTER', 'INFO'))).includes('cluster_state:ok')) await delay(50);
  }
}

async function addressOf(server: RedisServer) {
  const [, busPort = ''] = (await ask(server, (redis) => redis.config('GET', 'cluster-port'))) as string[];
  return { host: server.host, port: server.port, busPort };
}

async function ask<Answer>(
  { host, port }: { readonly host: string; readonly port: number },
  question: (redis: Redis) => Promise<Answer>,
): Promise<Answer> {
  const redis = new Redis({ host, port, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {}); // connect() rejects with the same error
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
