import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { modeWarning } from './mode-warning.js';
import { lookUp, type TextSources } from './text-sources.js';
import { type VariableName, variableNames, variables } from './variables.js';

/** The contents of files, by the variable that they are for. */
export type SecretFileTexts = Readonly<Partial<Record<VariableName, string>>>;

/** The contents of the files that `…_FILE` variables name. */
export interface SecretFiles {
  readonly texts: SecretFileTexts;
  /** `variable` is the name in the table, without `_FILE`. */
  readonly problems: readonly { readonly variable: VariableName; readonly message: string }[];
  /** Single lines for standard error. */
  readonly warnings: readonly string[];
}

/** The variables whose text may come from a file: every secret one. `DB_URL_FILE` names the file for `DB_URL`. */
export const secretVariables: readonly VariableName[] = variableNames.filter((name) => variables[name].isSecret);

export const fileVariable = (name: VariableName): string => `${name}_FILE`;

/** Longer files are no secrets: a wrong path must not fill the memory. */
const MAX_BYTES = 65_536;

/**
 * Reads the files that `APP_SECRET_FILE` and similar variables name; relative paths start from `cwd`. It reports a problem for a variable
 * that is also set itself, and for a file that cannot be read, is empty or has several lines. No message contains a path: the path may be
 * the secret, set in the wrong variable.
 */
export function readSecretFiles(sources: TextSources, cwd: string): SecretFiles {
  const find = lookUp(sources);
  const texts: Partial<Record<VariableName, string>> = {};
  const problems: { variable: VariableName; message: string }[] = [];
  const warnings: string[] = [];
  for (const variable of secretVariables) {
    const path = find(fileVariable(variable))?.text;
    if (path === undefined) continue;
    if (find(variable) !== null) {
      problems.push({ variable, message: `wants to be unset where ${variable} is set: only one of the two can hold` });
      continue;
    }
    const file = resolve(cwd, path);
    const read = readSecret(file);
    if (typeof read !== 'string') {
      problems.push({ variable, message: read.wants });
      continue;
    }
    texts[variable] = read;
    const warning = modeWarning({ file, name: `the file of ${fileVariable(variable)}`, holds: 'the secret in it' });
    if (warning !== null) warnings.push(warning);
  }
  return { texts, problems, warnings };
}

function readSecret(file: string): string | { readonly wants: string } {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES) return { wants: `wants the path of a text file of at most ${MAX_BYTES} bytes` };
    const text = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    if (text === '') return { wants: 'wants the path of a file that is not empty' };
    return /\p{Cc}/u.test(text) ? { wants: 'wants the path of a text file with one line' } : text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { wants: `wants the path of a file that can be read (${code})` };
  }
}
