import type { Test } from 'mocha';
import { globalRunner, type TestRunner } from '../kit/runner/test-runner.js';

/** A test of how long something takes at most. A busy machine only ever makes it slower: the best of three attempts counts. */
export function itInTime(title: string, test: () => Promise<void> | void): Test {
  const made = it(title, test);
  made.retries(2);
  return made;
}

/** Runs a contract on something that goes by the machine's own clock. */
export const realTimeRunner = (): TestRunner => ({ ...globalRunner(), itInTime });
