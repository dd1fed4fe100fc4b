import { expect } from 'chai';
import { loadConfig } from '../../../hosts/config/load-config.js';
import { compose } from '../../../hosts/wiring/compose.js';
import { runCommand } from '../../support/run-command.js';
import { type StartOptions, startServer } from '../../support/running-server.js';
import { queryEmbedded } from '../../support/secrets/query-embedded.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { serverStage } from '../support/server-stage.js';
import type { Stage } from '../support/stage.js';

const production = { NODE_ENV: 'production' };
const trial = ['serve', 'all', '--demo'];

describe('Demo accounts', function () {
  this.timeout(60_000);

  const addressesOf = async ({ cwd }: Stage) => (await queryEmbedded(cwd)('select email from users')).map((row) => Object(row).email);
  /** What a server writes from its start to its stop. */
  const outputOf = async (stage: Stage, { args, env = {} }: StartOptions) => {
    await using server = await startServer({ env: { ...stage.env, ...env }, cwd: stage.cwd, ...(args && { args }) });
    await server.stop();
    return server.output();
  };

  it('are created only by a "serve", command or embedder that requests them', async () => {
    await using stage = await embeddedStage();
    await runCommand(['users', 'list'], stage);
    expect(await addressesOf(stage)).to.deep.equal([]);
    expect(await outputOf(stage, { args: ['serve', 'all'] })).not.to.include('A demo login');
    expect(await addressesOf(stage)).to.deep.equal([]);

    await using elsewhere = await embeddedStage();
    const { config } = loadConfig({ env: { LOG_LEVEL: 'silent' }, cwd: elsewhere.cwd });
    await using composition = await compose({ config, version: '1.0.0' });
    await composition.prepare({ mayMigrate: true });
    expect(await addressesOf(elsewhere)).to.deep.equal([]);
  });

  it('are created by "serve --demo" where there are no other accounts', async () => {
    await using stage = await embeddedStage();
    expect(await outputOf(stage, { args: trial })).to.include('A demo login: ');
    expect(await addressesOf(stage)).to.have.length(7);
  });

  it('are made by no server and no command in production', async () => {
    await using stage = await embeddedStage();
    const output = await outputOf(stage, { args: trial, env: production });
    expect(output).to.include('--demo is ignored since NODE_ENV is production').and.not.include('A demo login');
    for (const args of [['seed'], ['seed', '--users', '2', '--force']]) {
      const { exitCode, stderr } = await runCommand(args, { ...stage, env: { ...stage.env, ...production } });
      expect([exitCode, stderr]).to.deep.equal([1, 'Accounts that are made up are not made with NODE_ENV=production.\n']);
    }
    expect(await addressesOf(stage)).to.deep.equal([]);
  });

  it('with other passwords, made by "seed", are not shown with one that is wrong', async () => {
    await using stage = await embeddedStage();
    expect((await runCommand(['seed'], stage)).exitCode).to.equal(0);
    const output = await outputOf(stage, { args: trial });
    expect(output).to.include('Try it in Swagger UI').and.not.include('A demo login');
  });

  it('are not made among other accounts, nor in the tables of a database server', async () => {
    await using stage = await embeddedStage();
    {
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      const body = JSON.stringify({ email: 'nina@example.org', password: 'correct horse' });
      await fetch(`${server.url}/auth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    }
    expect(await outputOf(stage, { args: trial })).not.to.include('A demo login');
    expect(await addressesOf(stage)).to.deep.equal(['nina@example.org']);

    await using servers = await serverStage();
    const count = () => servers.database.query('select count(*) as n from users');
    const before = await count();
    expect(await outputOf(servers, { args: trial })).not.to.include('A demo login');
    expect(await count()).to.deep.equal(before);
  });
});
