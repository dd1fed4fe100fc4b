import { setTimeout as delay } from 'node:timers/promises';
import type { RootHookObject } from 'mocha';
import { sharedServerCount, stopSharedServers } from './servers/shared.js';

/** How long a spec file may take to close its resources, in milliseconds. */
const timeoutMs = Number(process.env['OPEN_RESOURCES_TIMEOUT_MS'] ?? 10_000);
const intervalMs = 50;

/**
 * Root hooks of every mocha process: a spec may not leave a resource open that keeps the process alive. A worker of a parallel run executes
 * these hooks for each spec file, so the failure names the file.
 */
export const mochaHooks = (): RootHookObject => {
  let before: readonly string[] = [];
  let serversBefore = 0;
  return {
    beforeAll() {
      before = process.getActiveResourcesInfo();
      serversBefore = sharedServerCount();
    },
    async afterAll(this: Mocha.Context) {
      this.timeout(2 * timeoutMs);
      const servers = Array<string>(sharedServerCount() - serversBefore).fill('ProcessWrap');
      const allowed = [...before, ...servers, 'Timeout']; // mocha's own, of this hook
      const deadline = performance.now() + timeoutMs;
      let left = leftOpen(allowed);
      while (left.length > 0 && performance.now() < deadline) {
        await delay(intervalMs, undefined, { ref: false });
        left = leftOpen(allowed);
      }
      const files = new Set(this.test?.parent?.suites.map(({ file }) => file));
      if (left.length > 0) throw new Error(`${[...files].join(', ')} ended, but these keep the process alive: ${left.join(', ')}`);
    },
  };
};

/** Returns the open resources beyond `allowed`, kind by kind. */
function leftOpen(allowed: readonly string[]): string[] {
  const rest = [...allowed];
  return process.getActiveResourcesInfo().filter((kind) => {
    const index = rest.indexOf(kind);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/**
 * Runs once in the process that started the run. Workers of a parallel run end with it, and their guardians end their servers. A process
 * that a resource keeps alive, which has failed by the hook above, is ended here.
 */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedServers();
  setTimeout(() => process.exit(1), 1000).unref();
}
