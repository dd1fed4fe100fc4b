import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../adapters/redis/connect-redis.js';
import { EventHistoryBudget } from '../../../adapters/redis/live/event-history-budget.js';
import { historyBounds } from '../../../core/domain/live/live-event.js';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { apiClient } from '../../support/api-client.js';
import { projectRoot } from '../../support/project-root.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { type RedisServer, startRedisServer } from '../../support/servers/redis-server.js';
import { logIn, me, phonePassword, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { ticketFor } from '../support/ticket-for.js';

const password = 'a0f2c5d8b1e4a7f0c3d6e9b2a5f8c1d4';
const socketUrl = ({ url }: RunningServer) => `${url.replace(/^http/, 'ws')}/ws`;

/** The rules of the product's account, as the operations guide has them. */
function documentedRules(): readonly string[] {
  const guide = readFileSync(join(projectRoot(), 'docs/operations.md'), 'utf8');
  const [, rules = ''] = /^user move-acces (.+)$/m.exec(guide) ?? expect.fail('the guide has no account');
  return rules.replace('PASSWORD', password).split(' ');
}

describe('Under the account in Redis that the operations guide has, two processes', () => {
  let redis: RedisServer;
  let owner: Redis;
  let stage: ServerStage;
  let here: RunningServer;
  let there: RunningServer;

  before(async () => {
    redis = await startRedisServer();
    owner = new Redis(redis.url);
    await owner.call('ACL', 'SETUSER', 'move-acces', ...documentedRules());
    const REDIS_URL = redis.url.replace('redis://', `redis://move-acces:${password}@`);
    stage = await serverStage({ REDIS_URL, LOGIN_RATE_LIMIT: '3/60', EVENT_HISTORY_MIB: '1' }, { redis });
    const start = () => startServer({ ...stage, args: ['serve', 'all'] });
    [here, there] = await Promise.all([start(), start()]);
  });
  after(async () => {
    owner.disconnect();
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });

  it('do all that they do with Redis, and are refused no command', async () => {
    const phone = await registerSomeone(here.url);
    const tablet = (await logIn(there.url, phone.email)).body;
    const ticket = await ticketFor(here.url, phone.access_token);
    await using client = await connect(socketUrl(there), { query: { ticket } });
    const { epoch } = await client.next('welcome');
    const rename = (name: string) =>
      apiClient(here.url).request('PATCH', '/users/me', { token: tablet.access_token, body: { first_name: name } });
    for (const name of ['A', 'B']) expect((await rename(name)).status).to.equal(200);
    await client.next('event');
    expect(await client.next('event')).to.include({ name: 'profile.updated', offset: 2 });
    const published = await runCommand(['events', 'publish', '--all', 'maintenance.planned', '{}'], stage);
    expect(published.exitCode, published.stderr).to.equal(0);
    expect(await client.next('event')).to.include({ name: 'maintenance.planned' });

    await using back = await connect(socketUrl(here), { token: tablet.access_token });
    await back.next('welcome');
    back.say({ type: 'resume', epoch, offset: 1 });
    expect(await back.next('resumed')).to.include({ recovered: true });
    await apiClient(here.url).request('DELETE', `/auth/sessions/${phone.session_id}`, { token: tablet.access_token });
    expect((await client.ended).code).to.equal(4501);
    expect((await me(here.url, phone.access_token)).status).to.equal(401);
    const statuses: number[] = [];
    for (const server of [here, there, here, there]) statuses.push((await logIn(server.url, phone.email, `${phonePassword}!`)).status);
    expect(statuses.filter((status) => status === 429).length).to.be.at.least(2);
    for (const server of [here, there]) {
      expect(server.output()).not.to.match(/rate limits are kept by this process alone|NOPERM|cannot be announced|cannot be followed/);
    }
    expect(await owner.call('ACL', 'LOG')).to.deep.equal([]);
    const metrics = await Promise.all([here, there].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const rejected = metrics.flatMap((body) => body.match(/^move_acces_redis_messages_rejected_total.*$/gm) ?? []);
    expect(
      rejected.map((line) => line.split(' ')[1]),
      'what they wrote for each other verifies',
    ).to.deep.equal(Array(6).fill('0'));
  }).timeout(60_000);

  it('bound the histories of events', async () => {
    const target = { kind: 'single', host: redis.host, port: redis.port, username: 'move-acces', password } as const;
    await using connection = await connectRedis({ target, logger: new MemoryLogger() });
    const budget = new EventHistoryBudget({
      client: connection.client,
      bounds: { ...historyBounds, bytesInAll: 1 },
      logger: new MemoryLogger(),
    });
    expect(await owner.keys('ma:events:*:history')).not.to.deep.equal([]);
    await budget.sweep();
    await budget.record('ma:events:1', 7); // as in a cluster
    expect(await owner.keys('ma:events:*:history')).to.deep.equal([]);
    expect(await owner.call('ACL', 'LOG')).to.deep.equal([]);
  });

  it('reach nothing else: other commands, keys and channels are refused', async () => {
    const url = redis.url.replace('redis://', `redis://move-acces:${password}@`);
    await using closing = new AsyncDisposableStack();
    const account = closing.adopt(new Redis(url, { maxRetriesPerRequest: 0 }), async (redis) => redis.disconnect());
    const refusalOf = (command: string, ...args: readonly string[]) =>
      account.call(command, ...args).then(
        () => 'done',
        (error: unknown) => String(error),
      );
    for (const command of [
      ['FLUSHALL'],
      ['KEYS', '*'],
      ['SCAN', '0'],
      ['CONFIG', 'GET', '*'],
      ['ACL', 'LIST'],
      ['MONITOR'],
      ['REPLICAOF', 'NO', 'ONE'],
      ['MODULE', 'LIST'],
      ['SCRIPT', 'FLUSH'],
      ['GET', 'of-another-application'],
      ['SET', 'of-another-application', '1'],
      ['PUBLISH', 'of-another-application', '1'],
      ['EVAL', "return redis.call('GET', KEYS[1])", '1', 'of-another-application'],
      ['EVAL', "return redis.call('GET', 'of-another-application')", '0'],
    ] as const) {
      const [name, ...args] = command;
      expect(await refusalOf(name, ...args), command.join(' ')).to.match(
        /NOPERM|no permissions|ACL failure|can't (run this command|access)|The user executing the script/,
      );
    }
    expect(await refusalOf('GET', 'ma:ticket:x')).to.equal('done');
  });
});
