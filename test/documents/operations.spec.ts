import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { anyServerStage } from '../journeys/support/any-database.js';
import { untilSealed } from '../journeys/support/seal.js';
import type { Stage } from '../journeys/support/stage.js';
import { projectRoot } from '../support/project-root.js';
import { runCommand } from '../support/run-command.js';
import { startServer } from '../support/running-server.js';
import { findPromtool } from '../support/servers/find-promtool.js';
import { temporaryTree } from '../support/temporary-tree.js';
import { fencedBlocks } from './support/fenced-blocks.js';
import { readersShell } from './support/readers-shell.js';

const run = promisify(execFile);
const blocks = fencedBlocks('docs/operations.md');

/** All blocks of a language, as one. */
const all = (language: string) =>
  blocks
    .filter((block) => block.language === language)
    .map(({ text }) => text)
    .join('');

/** What the metrics showed of the chain, once it has a seal. */
async function fingerprint({ env, cwd }: Stage): Promise<string> {
  await using server = await startServer({ env, cwd });
  return await untilSealed(server, 1);
}

describe('The operations guide', () => {
  it('shows commands that work', async () => {
    await using stage = await anyServerStage();
    await runCommand(['users', 'disable', '1', '--yes'], stage);
    const script = all('sh').replace('1234567890123456', await fingerprint(stage));
    await (await readersShell(stage)).run(script);
    const [first = ''] = (await readFile(join(stage.cwd, 'audit.ndjson'), 'utf8')).split('\n');
    expect(JSON.parse(first)).to.include({ event: 'user_disable' });
  }).timeout(300_000);

  it('shows a configuration that Prometheus takes', async () => {
    using tree = temporaryTree({ token: 'secret' });
    await copyFile(join(projectRoot(), 'ops/prometheus/rules.yml'), join(tree.root, 'rules.yml'));
    await writeFile(join(tree.root, 'prometheus.yml'), all('yaml').replace('/etc/prometheus/move-acces.token', join(tree.root, 'token')));
    const { stdout } = await run(findPromtool(), ['check', 'config', join(tree.root, 'prometheus.yml')]);
    expect(stdout)
      .to.include('is valid prometheus config file syntax')
      .and.match(/SUCCESS: \d+ rules found/);
  });
});
