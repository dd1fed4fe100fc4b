import type { SecretFileTexts } from './secret-files.js';
import { lookUp, type TextSources } from './text-sources.js';
import { type VariableName, variableNames, variables } from './variables.js';

/** The source of the effective text; `file` is the file that `…_FILE` names. */
export type Origin = 'default' | 'environment' | '.env' | 'file';

/** The effective text, trimmed; null when there is none, not even a default. */
export interface VariableText {
  readonly text: string | null;
  readonly origin: Origin;
}

/** The effective text of every variable. */
export type VariableTexts = Readonly<Record<VariableName, VariableText>>;

/**
 * Selects for each variable the text from the environment, otherwise from `.env`, otherwise from the file that `…_FILE` names, otherwise
 * the default.
 */
export function variableTexts(sources: TextSources, secretFileTexts: SecretFileTexts): VariableTexts {
  const find = lookUp(sources);
  const pick = (name: VariableName): VariableText => {
    const fromFile = secretFileTexts[name];
    return (
      find(name) ?? (fromFile === undefined ? { text: variables[name].default, origin: 'default' } : { text: fromFile, origin: 'file' })
    );
  };
  // a cast, since the type of Object.fromEntries does not contain the names
  return Object.fromEntries(variableNames.map((name) => [name, pick(name)])) as VariableTexts;
}
