import type { Config, DescribedVariable } from './config.js';
import type { Variable } from './variable.js';
import type { VariableTexts } from './variable-texts.js';
import { type Values, variableNames, variables } from './variables.js';

/** Every variable with its value in effect, secrets masked, and where that came from: what `config show` prints. */
export function describeConfig(config: Config): readonly DescribedVariable[] {
  return config.variables;
}

/** The rows of `describeConfig`, made while the texts are still at hand. */
export function describeValues(values: Values, texts: VariableTexts): readonly DescribedVariable[] {
  return variableNames.map((variable) => {
    const row: Variable<unknown> = variables[variable];
    const value: unknown = values[variable];
    const isUnset = value === null || texts[variable].text === '';
    return { variable, value: isUnset || value === undefined ? null : row.show(value), origin: texts[variable].origin };
  });
}
