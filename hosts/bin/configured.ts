import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { type Composition, compose } from '../wiring/compose.js';
import { productVersion } from './product-version.js';

/** Reads the environment, tells what looks like a slip in it, and wires the core. */
export async function composeConfigured(overrides: { readonly host?: string; readonly port?: string } = {}): Promise<{
  readonly config: Config;
  readonly composition: Composition;
}> {
  const env = { ...process.env, ...(overrides.host && { HOST: overrides.host }), ...(overrides.port && { PORT: overrides.port }) };
  const { config, warnings } = loadConfig({ env });
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  return { config, composition: await compose({ config, version: productVersion() }) };
}
