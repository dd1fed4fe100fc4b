import type { CliCore, Readiness } from '../cli/cli-actions.js';
import type { JoinedWorker } from '../cluster/join-primary.js';
import type { Config } from '../config/config.js';
import { type FileTexts, type LoadedConfig, loadConfig } from '../config/load-config.js';
import type { Composition } from '../wiring/compose.js';
import { productVersion } from './product-version.js';

/** What a command line says in place of the environment. */
export interface ConfigOverrides {
  readonly host?: string;
  readonly port?: string;
  readonly workers?: string;
  readonly logLevel?: Config['logLevel'];
}

export interface CompositionOptions extends ConfigOverrides {
  /** Given, a database that is not there is waited for until this aborts. */
  readonly waitUntil?: AbortSignal;
  /** False for a command. */
  readonly isServing?: boolean;
}

/** Reads the environment, with the texts of `.env` and of secrets' files where those were read before. @throws ConfigError */
export function readConfig({ host, port, workers, logLevel }: ConfigOverrides, files?: FileTexts): LoadedConfig {
  const env = {
    ...process.env,
    ...(host && { HOST: host }),
    ...(port && { PORT: port, WS_PORT: port }),
    ...(workers && { WORKERS: workers }),
    ...(logLevel && { LOG_LEVEL: logLevel }),
  };
  return loadConfig({ env, ...files });
}

/** Reads the environment, prints its warnings, and wires the core. `worker` is given in a worker, whose primary has printed them. */
export async function openComposition(
  { waitUntil, isServing = true, ...overrides }: CompositionOptions = {},
  worker: JoinedWorker | null = null,
): Promise<{
  readonly config: Config;
  readonly composition: Composition;
}> {
  const { config, warnings } = readConfig(overrides, worker?.files);
  if (worker === null) for (const warning of warnings) process.stderr.write(`${warning}\n`);
  // Loaded here: a process that leads workers reads the configuration and wires nothing.
  const { compose } = await import('../wiring/compose.js');
  return { config, composition: await compose({ config, version: productVersion(), isServing, worker, ...(waitUntil && { waitUntil }) }) };
}

/** Opens the core for one command, without a log: what a command has to say, it says itself. */
export async function openCore(readiness: Readiness): Promise<CliCore> {
  const { composition } = await openComposition({ logLevel: 'silent', isServing: false });
  await using opened = new AsyncDisposableStack();
  opened.use(composition);
  if (readiness !== 'untouched') await composition.prepare({ mayMigrate: false });
  const { useCases, migrations } = composition;
  const resources = opened.move();
  return { useCases, migrations, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
