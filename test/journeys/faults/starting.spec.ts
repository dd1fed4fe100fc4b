import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { bareEnvironment } from '../../support/bare-environment.js';
import { commandFile } from '../../support/command-file.js';
import { itInTime } from '../../support/it-in-time.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { eventually } from '../support/phone.js';
import { type FaultStage, faultStage } from './support/fault-stage.js';

describe('A start', () => {
  let stage: FaultStage;
  before(async () => {
    stage = await faultStage({ LOG_LEVEL: 'info' });
  });
  after(() => stage?.[Symbol.asyncDispose]());
  afterEach(() => {
    for (const wire of [stage.databaseWire, stage.redisWire]) wire.behave('pass');
  });

  /** Resolves when it has knocked at the database again and again. */
  async function untilTried(starting: Promise<RunningServer>, times: number): Promise<void> {
    const isSettled = starting.then(
      () => true,
      () => true,
    );
    const before = stage.databaseWire.connects;
    await eventually(
      async () => stage.databaseWire.connects,
      (connects) => connects >= before + times,
      20_000,
    );
    expect(await Promise.race([isSettled, delay(50, false)])).to.equal(false);
  }

  for (const target of ['rest', 'ws', 'all'] as const) {
    itInTime(`of ${target} waits for the database, logs it once, and is ready soon after it is there`, async () => {
      stage.databaseWire.behave('refuse');
      const starting = stage.start({ args: ['serve', target], env: { WS_PORT: '0' } });
      await untilTried(starting, 3);
      stage.databaseWire.behave('pass');
      const reachableAt = performance.now();
      await using server = await starting;
      expect(performance.now() - reachableAt).to.be.below(10_000);
      expect((await fetch(`${server.url}/readyz`)).status).to.equal(200);
      const lines = server.output().split('\n');
      expect(lines.filter((line) => line.includes('waiting for it'))).to.have.lengthOf(1);
      expect(lines.filter((line) => line.includes('the database is reachable'))).to.have.lengthOf(1);
    }).timeout(40_000);
  }

  it('also waits for a database that accepts connections and sends nothing', async function () {
    this.timeout(40_000);
    stage.databaseWire.behave('silence');
    const starting = stage.start();
    await untilTried(starting, 2);
    stage.databaseWire.behave('pass');
    await using server = await starting;
    expect((await fetch(`${server.url}/readyz`)).status).to.equal(200);
  });

  itInTime('that waits ends with exit code 0 when it is stopped', async () => {
    stage.databaseWire.behave('refuse');
    const child = spawn(process.execPath, [commandFile, 'serve', 'all'], {
      cwd: stage.stage.cwd,
      env: { ...bareEnvironment(), PORT: '0', ...stage.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const text of child.stdout) if (String(text).includes('waiting for it')) break;
    const askedAt = performance.now();
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).to.deep.equal([0, null]);
    expect(performance.now() - askedAt).to.be.below(5000);
  }).timeout(20_000);

  it('does not wait where the database user or the database is unknown, and reports it in one sentence', async function () {
    this.timeout(20_000);
    const { DB_URL = '' } = stage.env;
    const wrongPassword = new URL(DB_URL);
    wrongPassword.password = 'not-the-password';
    for (const url of [wrongPassword.href, DB_URL.replace(/\/[^/]*$/, '/no_such_database')]) {
      const { exitCode, stderr } = await runCommand(['serve', 'rest'], {
        env: { ...stage.env, PORT: '0', DB_URL: url },
        cwd: stage.stage.cwd,
      });
      expect(exitCode, stderr).to.equal(1);
      expect(stderr.trim().split('\n'), stderr).to.have.lengthOf(1);
      expect(stderr)
        .to.match(/account in DB_URL|no such database/)
        .and.not.to.include('not-the-password');
    }
  });

  itInTime('does without Redis, and uses it within 5 s of its coming', async () => {
    stage.redisWire.behave('refuse');
    await using server = await startServer({ env: stage.env, cwd: stage.stage.cwd });
    const dependencies = async () => {
      const { dependencies } = (await (await fetch(`${server.url}/readyz`)).json()) as { dependencies: { name: string; state: string }[] };
      return Object.fromEntries(dependencies.map(({ name, state }) => [name, state]));
    };
    expect(await dependencies()).to.deep.include({ process: 'up', database: 'up', redis: 'down' });
    stage.redisWire.behave('pass');
    const since = performance.now();
    while ((await dependencies()).redis !== 'up' && performance.now() - since < 5000) await delay(50);
    expect(await dependencies()).to.deep.include({ redis: 'up' });
  }).timeout(40_000);
});
