import type { Test } from 'mocha';
import { globalRunner, type TestRunner } from '../kit/runner/test-runner.js';

/** A test with a max duration. A busy machine only makes it slower, so the best of three attempts counts. */
export function itInTime(title: string, test: () => Promise<void> | void): Test {
  const made = it(title, test);
  made.retries(2);
  return made;
}

/** Runs a contract on an adapter that depends on the machine's own clock. */
export const realTimeRunner = (): TestRunner => ({ ...globalRunner(), itInTime });
