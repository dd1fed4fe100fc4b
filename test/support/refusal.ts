import { AssertionError } from 'chai';
import { AuthError } from '../../core/domain/auth-error.js';
import type { Violation } from '../../core/domain/refusal-details.js';

/** Returns the refusal with which `work` rejects; any other outcome fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<AuthError> {
  const end = await work.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  if ('error' in end && end.error instanceof AuthError) return end.error;
  if ('error' in end) throw end.error;
  throw new AssertionError(`a refusal was expected, not ${JSON.stringify(end.result)}`);
}

/** What a `validation_failed` is about; nothing for a refusal with another code. */
export const violationsOf = (refusal: AuthError): readonly Violation[] => refusal.detailOf('validation_failed')?.violations ?? [];
