import type { z } from 'zod';
import { httpVariables } from './http-variables.js';
import { limitVariables } from './limit-variables.js';
import { operationVariables } from './operation-variables.js';
import { passwordVariables } from './password-variables.js';
import { sessionVariables } from './session-variables.js';
import { storageVariables } from './storage-variables.js';
import type { Variable } from './variable.js';

/**
 * Every environment variable that is read: name, default, check and one line of documentation. `.env.example` is generated from this table,
 * in this order.
 */
export const variables = {
  ...storageVariables,
  ...sessionVariables,
  ...limitVariables,
  ...httpVariables,
  ...passwordVariables,
  ...operationVariables,
} as const satisfies Readonly<Record<string, Variable<unknown>>>;

/** The name of a variable of this product. */
export type VariableName = keyof typeof variables;

/** The parsed values of all variables. */
export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> };

/** The names in the order of the table. */
export const variableNames = Object.keys(variables) as readonly VariableName[]; // the keys of a literal, nothing more
