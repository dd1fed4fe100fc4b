/**
 * The functions of a test runner that a contract suite needs: `node:test`, Vitest, Jest, Mocha and others have these four by these names.
 */
export interface TestRunner {
  /** Groups tests, and may be nested. */
  describe(title: string, body: () => void): unknown;
  it(title: string, test: () => void | Promise<void>): unknown;
  /** Runs before each test of its group, and of the groups within. */
  beforeEach(hook: () => void | PromiseLike<void>): unknown;
  afterEach(hook: () => void | PromiseLike<void>): unknown;
  /**
   * For tests whose outcome depends on elapsed time, where the harness uses the machine's own time: a runner may retry one that failed.
   * Without this function, the tests are passed to `it`.
   */
  itInTime?(title: string, test: () => void | Promise<void>): unknown;
}

/**
 * The runner whose functions are globals, as in Mocha and Jest.
 * @throws Error where they are not globals: pass the runner then
 */
export function globalRunner(): TestRunner {
  // a cast: the next line checks it
  const { describe, it, beforeEach, afterEach } = globalThis as unknown as Partial<TestRunner>;
  if (describe === undefined || it === undefined || beforeEach === undefined || afterEach === undefined) {
    throw new Error('there are no global test functions: name the test runner, such as `import * as runner from "node:test"`');
  }
  return { describe, it, beforeEach, afterEach };
}
