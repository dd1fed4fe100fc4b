import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { embeddedStage } from '../../journeys/support/embedded-stage.js';
import { type RunningServer, startServer } from '../../support/running-server.js';

const fileOf = ({ pid }: RunningServer, name: 'environ' | 'cmdline'): readonly string[] =>
  readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');

describe('The allocator of a server', () => {
  it('is set as the process starts anew in its place, by the same command line', async () => {
    await using stage = await embeddedStage({ NODE_OPTIONS: '--no-deprecation' });
    await using server = await startServer({ ...stage, args: ['serve', 'all'] });
    const environment = fileOf(server, 'environ');
    expect(environment).to.include('MALLOC_MMAP_THRESHOLD_=49152').and.to.include('NODE_OPTIONS=--no-deprecation');
    expect(fileOf(server, 'cmdline').slice(1)).to.deep.equal(['--enable-source-maps', fileOf(server, 'cmdline')[2], 'serve', 'all', '']);
    expect(server.output(), 'no warning of an experimental function').not.to.include('Warning');
    expect(await server.stop()).to.equal(0);
  });

  it('stays as the operator set it', async () => {
    await using stage = await embeddedStage({ MALLOC_MMAP_THRESHOLD_: '1000000' });
    await using server = await startServer({ ...stage, args: ['serve', 'rest'] });
    expect(fileOf(server, 'environ').filter((line) => line.startsWith('MALLOC_'))).to.deep.equal(['MALLOC_MMAP_THRESHOLD_=1000000']);
  });
});
