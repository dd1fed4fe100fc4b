import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { projectRoot } from '../support/project-root.js';
import { startServer } from '../support/running-server.js';
import { embeddedStage } from './support/stage.js';

const run = promisify(execFile);

describe('The README', () => {
  const blocks = [...readFileSync(join(projectRoot(), 'README.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);

  it('shows every route of the API by a command that works', async function () {
    this.timeout(60_000);
    const script = blocks.find((block) => block.includes('/auth/register'));
    expect(script).not.to.equal(undefined);
    await using stage = await embeddedStage();
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', (script ?? '').replace('http://127.0.0.1:8000', server.url)]);
    const answers = stdout.slice(0, stdout.indexOf('{"openapi"'));
    expect([...answers.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code)).to.deep.equal(['not_found']);
    expect([...stdout.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).to.deep.equal(['200', '404', '204', '204', '204']);
    const { paths } = JSON.parse(stdout.slice(stdout.indexOf('{"openapi"'))) as { paths: Record<string, unknown> };
    const shown = Object.keys(paths).filter((path) => !/^\/(docs|redoc|openapi|problems)/.test(path));
    for (const path of shown) expect(script, path).to.include(path.replace(/\{.*/, ''));
  });
});
