import { expect } from 'chai';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { serverStage } from '../journeys/support/server-stage.js';
import { testSecret } from '../journeys/support/stage.js';
import { startServer } from '../support/running-server.js';
import { fencedBlocks } from './support/fenced-blocks.js';
import { readersShell } from './support/readers-shell.js';

describe('The README', function () {
  this.timeout(120_000);
  const blocks = fencedBlocks('README.md').filter(({ language }) => language === 'sh');
  const block = (text: string) => blocks.find((each) => each.text.includes(text))?.text ?? '';

  it('starts by two commands, in less than five minutes', async () => {
    await using stage = await embeddedStage();
    const shell = await readersShell(stage);
    const startedAt = performance.now();
    const shown = await shell.run(block('npm start'));
    console.log(`      ${Math.round(performance.now() - startedAt)} ms from npm start to the end of a server that listened`);
    for (const text of ['/docs', '/redoc', 'demo@example.org']) expect(shown).to.include(text);
    await shell.run(block('npm test'));
  });

  it('starts on an existing database with the commands that it shows', async () => {
    await using stage = await serverStage();
    // the commands make tables, which the account that serves may not
    const { DB_URL = '', REDIS_URL = '' } = stage.adminEnv ?? stage.env;
    await stage.database.query('drop table auth_migrations, auth_sessions, auth_credentials, auth_email_claims, audit_logs, audit_seals');
    const shell = await readersShell({ env: {}, cwd: stage.cwd });
    const script = block('db migrate')
      .replace('mysql://app:secret@127.0.0.1:3306/company', DB_URL)
      .replace('redis://127.0.0.1:6379/0', REDIS_URL);
    expect(script).to.include(DB_URL).and.include(REDIS_URL).and.not.include(testSecret);
    expect(await shell.run(script)).to.include('"listening"');
  });

  it('shows every route of the API by a command that works', async () => {
    await using stage = await embeddedStage();
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const script = block('/auth/register');
    const stdout = await (await readersShell(stage)).run(script.replace('http://127.0.0.1:8000', server.url));
    const answers = stdout.slice(0, stdout.indexOf('{"openapi"'));
    expect([...answers.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code)).to.deep.equal(['not_found']);
    expect([...stdout.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).to.deep.equal(['200', '404', '204', '204', '204']);
    const { paths } = JSON.parse(stdout.slice(stdout.indexOf('{"openapi"'))) as { paths: Record<string, unknown> };
    const shown = Object.keys(paths).filter((path) => !/^\/(docs|redoc|openapi|problems)/.test(path));
    for (const path of shown) expect(script, path).to.include(path.replace(/\{.*/, ''));
  });

  it('has no other command', () => {
    expect(blocks).to.have.length(4);
  });
});
