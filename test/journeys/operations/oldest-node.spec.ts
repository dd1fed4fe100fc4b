import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { openConsumer } from '../../package/support/consumer.js';
import { packProduct } from '../../package/support/packed-product.js';
import { apiClient } from '../../support/api-client.js';
import { bareEnvironment } from '../../support/bare-environment.js';
import { nodeOfVersion } from '../../support/node/node-of-version.js';
import { projectRoot } from '../../support/project-root.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { anyStages } from '../support/any-database.js';
import { logIn, registerSomeone } from '../support/phone.js';
import { type Stage, testSecret } from '../support/stage.js';

const { engines } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
};
/** What is promised, and what was promised once. */
const [oldest, tooOld] = [engines.node.replace('>=', ''), '22.17.0'];

/** A database to which there is no connection: a failure that a command puts into words. */
const unreachable = { DB_URL: 'mysql://app:secret@127.0.0.1:1/none', APP_SECRET: testSecret };

const outcomeOf = (node: string, args: readonly string[], cwd: string) =>
  promisify(execFile)(node, args, { cwd, env: bareEnvironment() }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

for (const { name, open } of anyStages) {
  describe(`On Node ${oldest}, ${name}, the product`, function () {
    this.timeout(300_000);
    let node: string;
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      node = await nodeOfVersion(oldest);
      stage = await open();
      server = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'], node });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    it('serves a phone by REST and WebSocket', async () => {
      const phone = await registerSomeone(server.url);
      expect((await logIn(server.url, phone.email)).status).to.equal(200);
      expect((await logIn(server.url, phone.email, 'wrong horse')).status).to.equal(401);
      const api = apiClient(server.url);
      const refreshed = await api.request('POST', '/auth/refresh', { body: { refresh_token: phone.refresh_token } });
      expect(refreshed.status).to.equal(200);
      await using socket = await connect(`${server.url.replace(/^http/, 'ws')}/ws`, { token: refreshed.body.access_token });
      await socket.next('welcome');
      const renamed = { token: refreshed.body.access_token, body: { first_name: 'Nina' } };
      expect((await api.request('PATCH', '/users/me', renamed)).status).to.equal(200);
      expect(await socket.next('event')).to.include({ name: 'profile.updated' });
    });

    it('runs commands, and explains a failure in a sentence', async () => {
      const [listed, missing, away] = await Promise.all([
        runCommand(['users', 'list', '--json'], { ...stage, node }),
        runCommand(['users', 'show', '999999999'], { ...stage, node }),
        runCommand(['users', 'list'], { ...stage, env: { ...stage.env, ...unreachable }, node }),
      ]);
      expect(listed.exitCode, listed.stderr).to.equal(0);
      expect([missing.exitCode, away.exitCode]).to.deep.equal([1, 1]);
      expect(missing.stderr)
        .to.match(/^There is no such thing/m)
        .and.not.match(/is not defined/);
      expect(away.stderr).to.match(/^The database cannot be reached/m);
    });

    it('stops at SIGTERM', async () => {
      expect(await server.stop()).to.equal(0);
    });
  });
}

describe(`On Node ${tooOld}, the product`, function () {
  this.timeout(300_000);
  let node: string;
  before(async () => {
    node = await nodeOfVersion(tooOld);
  });

  it('runs on the Node that is installed beside it', async () => {
    const { exitCode, stderr } = await runCommand(['users', 'list'], { cwd: '/', env: unreachable, node });
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^The database cannot be reached.*\n$/);
  });

  it('is refused in one line with exit code 1 where there is none, and so is its import', async () => {
    await using product = await packProduct();
    await using consumer = await openConsumer({ product, hasDependencies: false });
    const command = join(consumer.folder, 'node_modules/move-acces/dist/hosts/bin/move-acces.js');
    const line = `move-acces needs Node 24 or newer; this is Node ${tooOld}`;
    for (const args of [['serve', 'all'], ['--version']]) {
      expect(await outcomeOf(node, [command, ...args], consumer.folder)).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: `${line} (${node}), and none is installed beside it\n`,
      });
    }
    const imported = "await import('move-acces/core').catch((error) => console.log(error.message))";
    expect(await outcomeOf(node, ['--input-type=module', '-e', imported], consumer.folder)).to.include({ stdout: `${line}\n` });
    const client = "await import('move-acces/client'); console.log('types and constants')";
    expect(await outcomeOf(node, ['--input-type=module', '-e', client], consumer.folder)).to.include({ stdout: 'types and constants\n' });
  });
});
