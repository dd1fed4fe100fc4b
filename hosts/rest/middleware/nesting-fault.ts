import { ValidateError } from '@tsoa/runtime';

/** The message of the fault. */
export const nestedMessage = 'nested value';

/**
 * Bodies are flat: no action accepts a nested list or object. This check runs before validation, which visits values by recursion (deep
 * ones would overflow its stack) and takes the list `["null"]` for null.
 */
export function nestingFault(body: object): ValidateError | undefined {
  const names = Object.keys(body).filter((name) => isNested((body as Record<string, unknown>)[name]));
  if (names.length === 0) return undefined;
  return new ValidateError(Object.fromEntries(names.map((name) => [`body.${name}`, { message: nestedMessage }])), '');
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;
