import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { type Composition, compose } from '../wiring/compose.js';
import { productVersion } from './product-version.js';

/** What a command line says in place of the environment. */
export interface ConfigOverrides {
  readonly host?: string;
  readonly port?: string;
  readonly logLevel?: Config['logLevel'];
  /** Given, a database that is not there is waited for until this aborts. */
  readonly waitUntil?: AbortSignal;
}

/** Reads the environment, tells what looks like a slip in it, and wires the core. */
export async function composeConfigured({ host, port, logLevel, waitUntil }: ConfigOverrides = {}): Promise<{
  readonly config: Config;
  readonly composition: Composition;
}> {
  const env = {
    ...process.env,
    ...(host && { HOST: host }),
    ...(port && { PORT: port, WS_PORT: port }),
    ...(logLevel && { LOG_LEVEL: logLevel }),
  };
  const { config, warnings } = loadConfig({ env });
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  return { config, composition: await compose({ config, version: productVersion(), ...(waitUntil && { waitUntil }) }) };
}
