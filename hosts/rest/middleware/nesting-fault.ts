import { ValidateError } from '@tsoa/runtime';

/** What the fault says of a field. */
export const nestedMessage = 'nested value';

/**
 * Bodies are flat: no action takes a list or an object inside. Found before validation, which walks values by recursion (deep ones
 * would overflow its stack) and takes the list `["null"]` for null.
 */
export function nestingFault(body: object): ValidateError | undefined {
  const names = Object.keys(body).filter((name) => isNested((body as Record<string, unknown>)[name]));
  if (names.length === 0) return undefined;
  return new ValidateError(Object.fromEntries(names.map((name) => [`body.${name}`, { message: nestedMessage }])), '');
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;
