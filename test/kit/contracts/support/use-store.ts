import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import type { OpenStore, StoreHarness } from './store-harness.js';

/** Opens a store for each test of a suite, and closes it afterwards. */
export function useStore(open: OpenStore, { beforeEach, afterEach }: TestRunner = globalRunner()): () => StoreHarness {
  let harness: StoreHarness | null = null;
  beforeEach(async () => {
    harness = await open();
  });
  afterEach(async () => {
    await harness?.dispose();
    harness = null;
  });
  return () => {
    if (harness === null) throw new Error('the store is open during a test only');
    return harness;
  };
}
