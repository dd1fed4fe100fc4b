import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import * as kit from '../../hosts/exports/testing.js';
import { bareEnvironment } from '../support/bare-environment.js';

const run = promisify(execFile);

describe('The contracts', () => {
  it('all pass under Node’s own test runner as well', async () => {
    const file = join(import.meta.dirname, 'support/under-node-test.js');
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], {
      env: bareEnvironment(),
      maxBuffer: 50_000_000,
    });
    expect(stdout).to.match(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).to.be.above(200);
    expect(stdout.match(/^# Subtest: /gm)).to.have.length(Object.keys(kit).filter((name) => name.endsWith('Contract')).length);
  }).timeout(120_000);

  it('require a runner where there are no global test functions', () => {
    const { describe: kept } = globalThis;
    Reflect.deleteProperty(globalThis, 'describe');
    try {
      expect(() => kit.globalRunner()).to.throw('name the test runner');
    } finally {
      Object.assign(globalThis, { describe: kept });
    }
  });
});
