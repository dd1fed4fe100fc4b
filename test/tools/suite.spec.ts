import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { findSpecs, type Part } from '../../tools/tests/find-specs.js';
import { projectRoot } from '../support/project-root.js';
import { temporaryTree } from '../support/temporary-tree.js';

const compiled = {
  'dist/test/support/servers/database-server.js': 'export const startDatabaseServer = 1;',
  'dist/test/support/servers/redis-server.js': '',
  'dist/test/support/command-file.js': '',
  'dist/test/support/test-size.js': 'export const bySize = 1;',
  'dist/test/support/stage.js': "import { startDatabaseServer } from './servers/database-server.js';",
  'dist/test/domain/plain.spec.js': "import { expect } from 'chai';",
  'dist/test/journeys/deep.spec.js': "import '../support/stage.js';",
  'dist/test/journeys/thread.spec.js': "new Worker(new URL('../support/servers/redis-server.js', import.meta.url));",
  'dist/test/journeys/large.spec.js': "import { bySize } from '../support/test-size.js'; import '../support/command-file.js';",
  'dist/test/journeys/support/any-database.js': "import '../../support/stage.js';",
  'dist/test/journeys/any.spec.js': "import './support/any-database.js';",
  'dist/test/load/fast.spec.js': "import '../support/stage.js';",
};

describe('The parts of the tests', () => {
  const found = (part: Part, paths: readonly string[] = []) => {
    using tree = temporaryTree(compiled);
    return findSpecs({ root: tree.root, part, paths }).map((file) => relative(join(tree.root, 'dist/test'), file));
  };

  it('follow from the imports of a spec, direct or through other files, or from the threads and processes that it starts', () => {
    expect(found('unit')).to.deep.equal(['domain/plain.spec.js']);
    expect(found('database')).to.deep.equal(['journeys/deep.spec.js']);
    expect(found('database'), 'one kind is enough for the other').not.to.include('journeys/any.spec.js');
    expect(found('long')).to.deep.equal(['journeys/large.spec.js']);
  });

  it('are all but the measurements under test/load, which are a part of their own', () => {
    expect(found('all')).to.have.members([
      'domain/plain.spec.js',
      'journeys/any.spec.js',
      'journeys/deep.spec.js',
      'journeys/thread.spec.js',
      'journeys/large.spec.js',
    ]);
    expect(found('load')).to.deep.equal(['load/fast.spec.js']);
  });

  it('begin with the slowest specs', () => {
    expect(found('all')[0]).to.equal('journeys/large.spec.js');
    expect(found('all').at(-1)).to.be.oneOf(['domain/plain.spec.js', 'journeys/thread.spec.js']);
  });

  it('can be narrowed to a file or a folder, by its source or compiled', () => {
    expect(found('all', ['test/domain/plain.spec.ts'])).to.deep.equal(['domain/plain.spec.js']);
    expect(found('all', ['dist/test/domain/plain.spec.js', 'test/domain'])).to.deep.equal(['domain/plain.spec.js']);
    expect(found('database', ['test/journeys'])).to.deep.equal(['journeys/deep.spec.js']);
    expect(() => found('unit', ['test/journeys'])).to.throw('test/journeys: there is no spec of this part');
  });
});

describe('A run of the tests', () => {
  /** Runs a spec file of its own in mocha, as `npm test` would. */
  function run(text: string, env: NodeJS.ProcessEnv = {}): { readonly status: number | null; readonly output: string } {
    using tree = temporaryTree({ 'dist/test/own.spec.mjs': text });
    const root = projectRoot();
    const args = [
      join(root, 'node_modules/mocha/bin/mocha.js'),
      ...['--no-config', '--require', join(root, 'dist/test/support/mocha-hooks.js')],
      ...['--reporter', join(root, 'dist/tools/tests/suite-reporter.js')],
      join(tree.root, 'dist/test/own.spec.mjs'),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, OPEN_RESOURCES_TIMEOUT_MS: '500', ...env },
    });
    return { status, output: stdout + stderr };
  }

  it('reports how many tests were retried, which, and why', () => {
    const { status, output } = run(`
      let attempts = 0;
      const test = it('works at the third attempt', () => { attempts += 1; if (attempts < 3) throw new Error('attempt ' + attempts); });
      test.retries(2);
    `);
    expect(status).to.equal(0);
    expect(output).to.match(/^ {2}2 retries\n.*own\.spec\.mjs: works at the third attempt\n {6}attempt 1\n.*\n {6}attempt 2$/m);
    expect(run(`it('works at once', () => {});`).output).to.match(/^ {2}0 retries$/m);
  });

  it('fails where more tests were tried again than may be', () => {
    const twice = `
      for (const name of ['one', 'other']) {
        let attempts = 0;
        it(name, () => { attempts += 1; if (attempts < 2) throw new Error('too slow'); }).retries(2);
      }`;
    expect(run(twice, { RETRIED_TESTS_MAX: '2' }).status).to.equal(0);
    const { status, output } = run(twice, { RETRIED_TESTS_MAX: '1' });
    expect(status).to.equal(1);
    expect(output)
      .to.match(/^ {2}2 retries$/m)
      .and.match(/^ {2}2 tests were tried again, more than 1: the run fails$/m);
  });

  it('fails where a spec leaves something open, and names the file', () => {
    const { status, output } = run(
      `describe('It', () => { it('forgets a timer', () => { setInterval(() => {}, 1000); setInterval(() => {}, 1000); }); });`,
    );
    expect(status).to.equal(1);
    expect(output).to.match(/own\.spec\.mjs ended, but these keep the process alive: Timeout/);
  }).timeout(30_000);
});
