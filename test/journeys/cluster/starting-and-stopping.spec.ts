import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { runCommand } from '../../support/run-command.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { eventually, logIn, phonePassword, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { testSecret } from '../support/stage.js';
import { type Crew, isAlive, startCrew, timeoutMs } from './support/start-crew.js';

describe('A primary', () => {
  let stage: ServerStage;
  before(async function () {
    this.timeout(60_000);
    stage = await serverStage({ WORKERS: '2', SHUTDOWN_TIMEOUT_S: '20' });
  });
  after(() => stage?.[Symbol.asyncDispose]());

  const allGone = (crew: Crew) =>
    eventually(
      async () => [crew.pidOf(0), crew.pidOf(1)].filter(isAlive),
      (alive) => alive.length === 0,
      timeoutMs,
    );

  it('that is stopped, together with its workers as by a terminal, finishes its requests and exits with 0', async () => {
    await using crew = await startCrew(stage, ['serve', 'rest']);
    const { email } = await registerSomeone(crew.url);
    const logins = Array.from({ length: 12 }, () => logIn(crew.url, email, phonePassword));
    await Promise.race(logins);
    for (const seat of [0, 1]) process.kill(crew.pidOf(seat), 'SIGINT');
    const exit = crew.stop('SIGINT');
    // on a busy machine a hash may not be ready in time, which is a valid response too
    const statuses = (await Promise.all(logins)).map(({ status }) => status);
    expect(statuses).to.include(200);
    for (const status of statuses) expect(status).to.be.oneOf([200, 503]);
    expect(await exit).to.equal(0);
    expect([crew.pidOf(0), crew.pidOf(1)].filter(isAlive)).to.deep.equal([]);
    expect(crew.lines('worker ended, another one follows')).to.deep.equal([]);
  });

  it('that gets a second signal ends at once, with its workers', async () => {
    await using crew = await startCrew(stage, ['serve', 'rest']);
    const { hostname, port } = new URL(crew.url);
    const held = connect(Number(port), hostname);
    held.on('error', () => {}); // it is cut
    held.write(
      'POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n',
    );
    await once(held, 'data'); // the server wants the rest
    const exit = crew.stop('SIGTERM');
    await eventually(
      async () => crew.lines('stopping'),
      (lines) => lines.length === 3,
      timeoutMs,
    );
    const toldAt = performance.now();
    process.kill(crew.pid, 'SIGTERM');
    expect(await exit).to.equal(1);
    await allGone(crew);
    expect(performance.now() - toldAt).to.be.lessThan(5000);
  });

  it('that is killed leaves no worker behind', async () => {
    await using crew = await startCrew(stage, ['serve', 'rest']);
    process.kill(crew.pid, 'SIGKILL');
    await allGone(crew);
  });

  it('creates the tables once for all workers with --migrate, and otherwise ends with the first worker’s message', async function () {
    this.timeout(60_000);
    const [server, redis] = await Promise.all([sharedDatabaseServer(), sharedRedisServer()]);
    await using database = await server.createDatabase();
    await database.loadExistingSchema({ rows: true });
    const env = { DB_URL: database.url, REDIS_URL: redis.url, APP_SECRET: testSecret, WORKERS: '2', PORT: '0' };
    const refused = await runCommand(['serve', 'rest'], { env, cwd: stage.cwd });
    expect([refused.exitCode, refused.stderr.trim().split('\n').length]).to.deep.equal([1, 1]);
    expect(refused.stderr).to.match(/db migrate/);
    await using crew = await startCrew({ env, cwd: stage.cwd }, ['serve', 'rest', '--migrate']);
    expect(crew.lines('worker listens')).to.have.length(2);
    expect((await crew.ask('GET', '/readyz')).status).to.equal(200);
    expect(await crew.stop('SIGTERM')).to.equal(0);
  });

  const alone: readonly [string, Record<string, string>, RegExp][] = [
    ['without Redis', { DB_URL: 'mysql://u:hunter2@127.0.0.1/x', APP_SECRET: testSecret }, /^WORKERS: wants REDIS_URL/],
    ['on the embedded database', { REDIS_URL: 'redis://127.0.0.1:1' }, /^WORKERS: wants MySQL or MariaDB/],
  ];
  for (const [what, env, line] of alone) {
    it(`does not start ${what}: each worker would have its own copy of shared state`, async () => {
      const { exitCode, stderr, stdout } = await runCommand(['serve', 'all', '--workers', '2'], {
        env: { PORT: '0', ...env },
        cwd: stage.cwd,
      });
      expect([exitCode, stdout, stderr.trim().split('\n').length]).to.deep.equal([1, '', 1]);
      expect(stderr).to.match(line);
    });
  }
});
