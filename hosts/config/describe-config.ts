import type { Config, DescribedVariable } from './config.js';
import type { Variable } from './variable.js';
import type { VariableTexts } from './variable-texts.js';
import { type Values, variableNames, variables } from './variables.js';

/** Returns every variable with its effective value, secrets masked, and the source of the value: the output of `config show`. */
export function describeConfig(config: Config): readonly DescribedVariable[] {
  return config.variables;
}

/** Creates the rows of `describeConfig`, while the texts are available. */
export function describeValues(values: Values, texts: VariableTexts): readonly DescribedVariable[] {
  return variableNames.map((variable) => {
    const row: Variable<unknown> = variables[variable];
    const value: unknown = values[variable];
    const isUnset = value === null || texts[variable].text === '';
    return { variable, value: isUnset || value === undefined ? null : row.show(value), origin: texts[variable].origin };
  });
}
