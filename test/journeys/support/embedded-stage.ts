import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCleanStage } from '../../support/secrets/expect-clean-stage.js';
import { queryEmbedded } from '../../support/secrets/query-embedded.js';
import { roomyLimits, type Stage } from './stage.js';

/** What `npm start` gives: an embedded database that makes itself, and nothing else. */
export async function embeddedStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  return {
    env: { ...roomyLimits, ...env },
    cwd,
    database: null,
    async [Symbol.asyncDispose]() {
      await using resources = new AsyncDisposableStack();
      resources.defer(() => rm(cwd, { recursive: true, force: true }));
      await expectCleanStage({ query: queryEmbedded(cwd), redisUrl: null });
    },
  };
}
