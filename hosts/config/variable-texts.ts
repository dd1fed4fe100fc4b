import { type VariableName, variableNames, variables } from './variables.js';

/** Where the text in effect came from. */
export type Origin = 'default' | 'environment' | '.env';

/** The text in effect, without white space around it; null when there is none, not even a default. */
export interface VariableText {
  readonly text: string | null;
  readonly origin: Origin;
}

/** The text in effect of every variable. */
export type VariableTexts = Readonly<Record<VariableName, VariableText>>;

/**
 * Picks for each variable: the environment first, then the file, then the default. White space alone counts as unset.
 * A name in the file may be in lower case, as pydantic allows.
 */
export function variableTexts(sources: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, string>>;
}): VariableTexts {
  const inCapitals = new Map(Object.entries(sources.file).map(([name, text]) => [name.toUpperCase(), text]));
  const pick = (name: VariableName): VariableText => {
    const environment = sources.env[name]?.trim();
    if (environment) return { text: environment, origin: 'environment' };
    const file = (sources.file[name] ?? inCapitals.get(name))?.trim();
    if (file) return { text: file, origin: '.env' };
    return { text: variables[name].default, origin: 'default' };
  };
  // a cast, since Object.fromEntries forgets that every name is there
  return Object.fromEntries(variableNames.map((name) => [name, pick(name)])) as VariableTexts;
}
