/** What a contract suite needs of a test runner: `node:test`, Vitest, Jest, Mocha and others have these four by these names. */
export interface TestRunner {
  /** Groups tests, and may be nested. */
  describe(title: string, body: () => void): unknown;
  it(title: string, test: () => void | Promise<void>): unknown;
  /** Runs before each test of its group, and of the groups within. */
  beforeEach(hook: () => void | PromiseLike<void>): unknown;
  afterEach(hook: () => void | PromiseLike<void>): unknown;
  /**
   * For tests whose outcome hangs on how much time goes by, where the harness's time is the machine's own: a runner may try one that
   * failed again. They are given to `it` where there is no such function.
   */
  itInTime?(title: string, test: () => void | Promise<void>): unknown;
}

/**
 * The runner whose functions are globals, as those of Mocha and Jest are.
 * @throws Error where they are not: name the runner then
 */
export function globalRunner(): TestRunner {
  // a cast: what is there is looked at in the next line
  const { describe, it, beforeEach, afterEach } = globalThis as unknown as Partial<TestRunner>;
  if (describe === undefined || it === undefined || beforeEach === undefined || afterEach === undefined) {
    throw new Error('there are no global test functions: name the test runner, such as `import * as runner from "node:test"`');
  }
  return { describe, it, beforeEach, afterEach };
}
