import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const module = new URL('../../../hosts/bin/compile-cache.js', import.meta.url).href;
const script = `
  const { keepCompiledCode } = await import(${JSON.stringify(module)});
  keepCompiledCode(process.argv[1]);
`;

describe('Compiled code', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'move-acces-compiled-')), 'cache');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const run = (target: string, env: NodeJS.ProcessEnv = {}) => {
    const { NODE_COMPILE_CACHE: _cache, NODE_DISABLE_COMPILE_CACHE: _off, ...own } = process.env;
    // Node hands NODE_V8_COVERAGE on to a child unless the child's environment has that name.
    const childEnv = { ...own, NODE_V8_COVERAGE: undefined, ...env };
    return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, target], { env: childEnv });
  };

  it('is kept in its folder at the end of a process', async () => {
    await run(folder);
    expect(existsSync(folder)).to.equal(true);
  });

  it('is not cached where nothing can be written, without a message', async () => {
    expect(await run('/dev/null/cache')).to.deep.equal({ stdout: '', stderr: '' });
  });

  it('is not cached while coverage is measured, which would miss cached code', async () => {
    await run(folder, { NODE_V8_COVERAGE: join(folder, '..', 'coverage') });
    expect(existsSync(folder)).to.equal(false);
  });
});
