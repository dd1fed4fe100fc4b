import type { SecretFileTexts } from './secret-files.js';
import { lookUp, type TextSources } from './text-sources.js';
import { type VariableName, variableNames, variables } from './variables.js';

/** Where the text in effect came from; `file` is the one that `…_FILE` names. */
export type Origin = 'default' | 'environment' | '.env' | 'file';

/** The text in effect, without white space around it; null when there is none, not even a default. */
export interface VariableText {
  readonly text: string | null;
  readonly origin: Origin;
}

/** The text in effect of every variable. */
export type VariableTexts = Readonly<Record<VariableName, VariableText>>;

/** Picks for each variable: the environment first, then `.env`, then the file that `…_FILE` names, then the default. */
export function variableTexts(sources: TextSources, secretFileTexts: SecretFileTexts): VariableTexts {
  const find = lookUp(sources);
  const pick = (name: VariableName): VariableText => {
    const fromFile = secretFileTexts[name];
    return (
      find(name) ?? (fromFile === undefined ? { text: variables[name].default, origin: 'default' } : { text: fromFile, origin: 'file' })
    );
  };
  // a cast, since Object.fromEntries forgets that every name is there
  return Object.fromEntries(variableNames.map((name) => [name, pick(name)])) as VariableTexts;
}
