import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../test/support/project-root.js';
import { findSpecs, type Part, parts } from './find-specs.js';

/**
 * Runs specs in parallel jobs, each a process with its own servers:
 * `run-tests [--part unit|database|long|load] [--jobs N] [--grep TEXT] [FILE or FOLDER …]`.
 * A single file, and specs that measure, run in one process with unbuffered output. Its exit code is mocha's.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: 'string', default: 'all' },
    jobs: { type: 'string', default: String(availableParallelism() + 1) },
    grep: { type: 'string', short: 'g' },
    bail: { type: 'boolean' },
  },
});
const root = projectRoot();
const specs = findSpecs({ root, paths: positionals, part: partNamed(values.part) });
// One parallel job would load specs with `require`, which does not support top-level await.
const isSerial = specs.length === 1 || values.jobs === '1' || values.part === 'load' || values.part === 'long';
const jobs = isSerial ? [] : ['--parallel', '--jobs', values.jobs];
const reporter = ['--reporter', join(root, 'dist/tools/tests/suite-reporter.js')];
const grep = values.grep === undefined ? [] : ['--grep', values.grep];
const bail = values.bail ? ['--bail'] : [];
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
const child = spawn(process.execPath, [mocha, ...jobs, ...reporter, ...grep, ...bail, ...specs], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEST_PART: values.part },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});

function partNamed(name: string): Part {
  const part = parts.find((each) => each === name);
  if (part === undefined) throw new Error(`--part ${name}: wants one of ${parts.join(', ')}`);
  return part;
}
