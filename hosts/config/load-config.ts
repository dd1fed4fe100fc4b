import { withAbsolutePaths } from './absolute-paths.js';
import { buildConfig } from './build-config.js';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { crossProblems } from './cross-checks.js';
import { describeValues } from './describe-config.js';
import { parseEnvFile, readEnvFile } from './env-file.js';
import { readValues } from './read-values.js';
import { typoWarnings } from './typo-warnings.js';
import { variableTexts } from './variable-texts.js';
import { type Values, variableNames } from './variables.js';

/** Where `loadConfig` reads; each defaults to what the process has. */
export interface LoadConfigOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here, and `.env` is looked for here. */
  readonly cwd?: string;
  /** The text of `.env`, in place of the file; empty for none. */
  readonly envFileText?: string;
}

/** What `loadConfig` found. `warnings` are single lines for standard error. */
export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly string[];
}

/**
 * Reads the environment, then `.env`, then the defaults, and changes neither. Throws one ConfigError that lists every
 * problem. It opens nothing but `.env`: whether a server answers or a file exists is for their users to find out.
 */
export function loadConfig(options: LoadConfigOptions = {}): LoadedConfig {
  const { env = process.env, cwd = process.cwd() } = options;
  const file = parseEnvFile(options.envFileText ?? readEnvFile(cwd), env);
  const texts = variableTexts({ env, file });
  const warnings = typoWarnings({ names: [...Object.keys(env), ...Object.keys(file)], texts });
  const read = readValues(texts);
  const problems = [...read.problems, ...crossProblems(read.values, texts)];
  if (problems.length > 0) {
    problems.sort((one, other) => variableNames.indexOf(one.variable) - variableNames.indexOf(other.variable));
    throw new ConfigError({ problems, warnings });
  }
  // a cast: without a problem, every variable was read
  const values = withAbsolutePaths(read.values as Values, cwd);
  return { config: buildConfig(values, describeValues(values, texts)), warnings };
}
