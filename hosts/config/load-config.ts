import { join } from 'node:path';
import { withAbsolutePaths } from './absolute-paths.js';
import { buildConfig } from './build-config.js';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { crossProblems } from './cross-checks.js';
import { describeValues } from './describe-config.js';
import { parseEnvFile, readEnvFile } from './env-file.js';
import { modeWarning } from './mode-warning.js';
import { readValues } from './read-values.js';
import { fileVariable, readSecretFiles, type SecretFileTexts, secretVariables } from './secret-files.js';
import { lookUp } from './text-sources.js';
import { typoWarnings } from './typo-warnings.js';
import { valueWarnings } from './value-warnings.js';
import { type VariableTexts, variableTexts } from './variable-texts.js';
import { type Values, type VariableName, variableNames } from './variables.js';

/** The texts of the files that were read. With them, another process reads the same configuration, even if the files have changed. */
export interface FileTexts {
  /** The text of `.env`; empty for none. */
  readonly envFileText: string;
  /** The contents of the files that `…_FILE` variables name. */
  readonly secretFileTexts: SecretFileTexts;
}

/** The sources of `loadConfig`; each defaults to the process's own. */
export interface LoadConfigOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Base of relative paths, and folder of `.env`. */
  readonly cwd?: string;
  /** The text of `.env`, instead of the file; empty for none. */
  readonly envFileText?: string;
  /** The contents of the files that `…_FILE` variables name, instead of those files. */
  readonly secretFileTexts?: SecretFileTexts;
}

/** The result of `loadConfig`. `warnings` are single lines for standard error. */
export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly string[];
  readonly files: FileTexts;
}

/**
 * Reads the environment, then `.env`, then the defaults, and changes none of them. It opens only `.env` and the files of `…_FILE`
 * variables: it does not check whether a server responds or another file exists.
 * @throws one ConfigError that lists every problem
 */
export function loadConfig(options: LoadConfigOptions = {}): LoadedConfig {
  const { env = process.env, cwd = process.cwd() } = options;
  const envFileText = options.envFileText ?? readEnvFile(cwd);
  const sources = { env, file: parseEnvFile(envFileText, env) };
  const given = options.secretFileTexts;
  const secretFiles = given === undefined ? readSecretFiles(sources, cwd) : { texts: given, problems: [], warnings: [] };
  const texts = variableTexts(sources, secretFiles.texts);
  const typos = typoWarnings({ names: [...Object.keys(env), ...Object.keys(sources.file)], texts });
  const modes = options.envFileText === undefined ? envFileWarnings(sources.file, cwd) : [];
  const warnings = [...typos, ...modes, ...secretFiles.warnings];

  const read = readValues(texts, new Set(secretFiles.problems.map(({ variable }) => variable)));
  const problems = [...read.problems, ...crossProblems(read.values, texts)].map((problem) => inFile(problem, texts));
  problems.push(...secretFiles.problems.map(({ variable, message }) => ({ variable, name: fileVariable(variable), message })));
  if (problems.length > 0) {
    problems.sort((one, other) => variableNames.indexOf(one.variable) - variableNames.indexOf(other.variable));
    throw new ConfigError({ problems: problems.map(({ name, message }) => ({ variable: name, message })), warnings });
  }
  // a cast: without a problem, every variable was parsed
  const values = withAbsolutePaths(read.values as Values, cwd);
  return {
    config: buildConfig(values, describeValues(values, texts)),
    warnings: [...warnings, ...valueWarnings(values)],
    files: { envFileText, secretFileTexts: secretFiles.texts },
  };
}

/** Reports the problem under the name that the operator has set. */
function inFile({ variable, message }: { readonly variable: VariableName; readonly message: string }, texts: VariableTexts) {
  return { variable, message, name: texts[variable].origin === 'file' ? fileVariable(variable) : variable };
}

function envFileWarnings(file: Readonly<Record<string, string>>, cwd: string): readonly string[] {
  const find = lookUp({ env: {}, file });
  if (secretVariables.every((name) => find(name) === null)) return [];
  const path = join(cwd, '.env');
  return [modeWarning({ file: path, name: path, holds: 'the secrets in it' })].filter((warning) => warning !== null);
}
