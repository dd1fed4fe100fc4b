/** A variable with an invalid value. `message` starts with `wants` and is a single line without any secret. */
export interface ConfigProblem {
  readonly variable: string;
  readonly message: string;
}

/**
 * The environment is invalid. `message` has one line per problem, `VARIABLE: wants …`, ready for standard error; the process should exit
 * with code 1. `warnings` are those that `loadConfig` would have returned: a misspelt name often explains a missing value.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];

  constructor(found: { readonly problems: readonly ConfigProblem[]; readonly warnings?: readonly string[] }) {
    super(found.problems.map(({ variable, message }) => `${variable}: ${message}`).join('\n'));
    this.problems = found.problems;
    this.warnings = found.warnings ?? [];
  }
}
