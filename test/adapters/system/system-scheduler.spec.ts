import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { SystemScheduler } from '../../../adapters/system/system-scheduler.js';

describe('system', () => {
  it('reports every run that failed', async () => {
    const errors: unknown[] = [];
    const failure = new Error('this run failed');
    const task = new SystemScheduler({ onError: (error) => errors.push(error) }).every(20, () => Promise.reject(failure));
    while (errors.length < 2) await delay(20);
    await task.stop();
    expect(new Set(errors)).to.deep.equal(new Set([failure]));
  });

  it('does not keep the process alive', async () => {
    const module = new URL('../../../adapters/system/system-scheduler.js', import.meta.url).href;
    const script = `const { SystemScheduler } = await import('${module}'); new SystemScheduler({ onError: () => {} }).every(50, async () => {});`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
  });
});
