import { AuthError } from '../../domain/auth-error.js';

/** Whether a table that belongs to others refused a row by a rule of its own, and not for a text that does not fit. */
export const isTableRefusal = (error: unknown): error is AuthError =>
  error instanceof AuthError && error.violations.some(({ reason }) => reason === 'taken' || reason === 'refused');

/** For the audit row of such a refusal: the fields that were refused, as far as they are known. */
export const refusalDetails = ({ code, violations }: AuthError): Record<string, string> => ({
  reason: code,
  fields: violations.map(({ field }) => field ?? '').join(','),
});
