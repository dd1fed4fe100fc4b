import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { embeddedStage } from '../../journeys/support/embedded-stage.js';
import { bareEnvironment } from '../../support/bare-environment.js';
import { commandFile } from '../../support/command-file.js';
import { startServer } from '../../support/running-server.js';

const fileOf = ({ pid }: { readonly pid?: number | undefined }, name: 'environ' | 'cmdline'): readonly string[] =>
  readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');

describe('The allocator of a server', () => {
  it('is set when the process replaces itself, with the same command line', async () => {
    await using stage = await embeddedStage({ NODE_OPTIONS: '--no-deprecation' });
    await using server = await startServer({ ...stage, args: ['serve', 'all'] });
    const environment = fileOf(server, 'environ');
    expect(environment).to.include('MALLOC_MMAP_THRESHOLD_=49152').and.to.include('NODE_OPTIONS=--no-deprecation');
    expect(fileOf(server, 'cmdline')).to.deep.equal([process.execPath, '--enable-source-maps', commandFile, 'serve', 'all', '']);
    expect(server.output(), 'no warning of an experimental function').not.to.include('Warning');
    expect(await server.stop()).to.equal(0);
  });

  it('stays as the operator set it', async () => {
    await using stage = await embeddedStage({ MALLOC_MMAP_THRESHOLD_: '1000000' });
    await using server = await startServer({ ...stage, args: ['serve', 'rest'] });
    expect(fileOf(server, 'environ').filter((line) => line.startsWith('MALLOC_'))).to.deep.equal(['MALLOC_MMAP_THRESHOLD_=1000000']);
  });

  it('is left alone where a parent talks to the server by a channel', async () => {
    await using stage = await embeddedStage();
    const { cwd, env } = stage;
    const child = fork(commandFile, ['serve', 'rest'], {
      cwd,
      env: { ...bareEnvironment(), PORT: '0', ...env },
      execArgv: [],
      silent: true,
    });
    using resources = new DisposableStack();
    resources.defer(() => child.kill('SIGKILL'));
    const lines: string[] = [];
    for await (const chunk of child.stdout ?? []) {
      lines.push(String(chunk));
      if (lines.join('').includes('"msg":"listening"')) break;
    }
    expect(fileOf(child, 'environ').filter((line) => line.startsWith('MALLOC_'))).to.deep.equal([]);
    expect(child.connected).to.equal(true);
    child.kill();
    expect(await once(child, 'exit')).to.deep.equal([0, null]);
  });
});
