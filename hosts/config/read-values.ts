import type { ConfigProblem } from './config-error.js';
import { printable } from './printable.js';
import type { Variable } from './variable.js';
import type { VariableTexts } from './variable-texts.js';
import { type Values, type VariableName, variableNames, variables } from './variables.js';

/** The parsed values, and a problem for each variable that could not be parsed. */
export interface ReadValues {
  readonly values: Partial<Values>;
  readonly problems: readonly (ConfigProblem & { readonly variable: VariableName })[];
}

/** Parses every text with its variable's schema, except the variables whose text is not known. */
export function readValues(texts: VariableTexts, except: ReadonlySet<VariableName>): ReadValues {
  const values: Partial<Record<VariableName, unknown>> = {};
  const problems: { variable: VariableName; message: string }[] = [];
  for (const variable of variableNames) {
    if (except.has(variable)) continue;
    const { schema, isSecret }: Variable<unknown> = variables[variable];
    const { text } = texts[variable];
    const result = text === null ? { success: true as const, data: null } : schema.safeParse(text);
    if (result.success) values[variable] = result.data;
    else problems.push({ variable, message: `${result.error.issues[0]?.message}${shown(text, isSecret)}` });
  }
  // a cast: each value is the output of the schema of its own name
  return { values: values as Partial<Values>, problems };
}

/** An at-sign may be part of `user:password@host`, pasted into the wrong variable. */
function shown(text: string | null, isSecret: boolean): string {
  return text === null || isSecret || text.includes('@') ? '' : `; it is ${printable(text)}`;
}
