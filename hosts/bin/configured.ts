import type { JoinedWorker } from '../cluster/join-primary.js';
import type { Config } from '../config/config.js';
import { type Composition, compose } from '../wiring/compose.js';
import { productVersion } from './product-version.js';
import { type ConfigOverrides, readConfig } from './read-config.js';

export interface ComposeOverrides extends ConfigOverrides {
  /** Given, a database that is not there is waited for until this aborts. */
  readonly waitUntil?: AbortSignal;
  /** False for a command. */
  readonly isServing?: boolean;
}

/** Reads the environment, tells what looks like a slip in it, and wires the core. `worker` is given in a worker, whose primary has told. */
export async function composeConfigured(
  { waitUntil, isServing = true, ...overrides }: ComposeOverrides = {},
  worker: JoinedWorker | null = null,
): Promise<{
  readonly config: Config;
  readonly composition: Composition;
}> {
  const { config, warnings } = readConfig(overrides, worker?.files);
  if (worker === null) for (const warning of warnings) process.stderr.write(`${warning}\n`);
  return { config, composition: await compose({ config, version: productVersion(), isServing, worker, ...(waitUntil && { waitUntil }) }) };
}
