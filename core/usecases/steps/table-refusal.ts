import { AuthError } from '../../domain/auth-error.js';

/** True when another application's table rejected a row by a rule of its own, rather than because a text does not fit. */
export const isTableRefusal = (error: unknown): error is AuthError =>
  error instanceof AuthError && violationsOf(error).some(({ reason }) => reason === 'taken' || reason === 'refused');

/** For the audit row of such a refusal: the fields that were refused, as far as they are known. */
export const refusalDetails = (refusal: AuthError): Record<string, string> => ({
  reason: refusal.code,
  fields: violationsOf(refusal)
    .map(({ field }) => field ?? '')
    .join(','),
});

const violationsOf = (refusal: AuthError) => refusal.detailOf('validation_failed')?.violations ?? [];
