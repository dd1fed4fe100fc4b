import { ValidateError } from '@tsoa/runtime';
import type { Request } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { RateVerdict } from '../../../core/domain/limits/rate-rule.js';
import { HttpRefusal } from '../../http/http-refusal.js';
import type { ProblemCode } from '../../http/problem-catalogue.js';
import { faultsOfValidation } from './faults-of-validation.js';
import type { FaultBody } from './problem-body.js';
import { faultOfViolation } from './request-fault.js';

/** The reason why a request is refused, as far as a response may contain it. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly faults: readonly FaultBody[];
  readonly retryAfterSeconds: number | null;
  readonly verdict: RateVerdict | null;
  readonly maxAgeSeconds: number | null;
}

/** Converts any thrown value into a refusal; an unexpected one becomes `internal_error`. */
export function refusalOf(error: unknown, request: Pick<Request, 'params'>): Refusal {
  if (error instanceof AuthError) {
    const { code, retryAfterSeconds } = error;
    const faults = (error.detailOf('validation_failed')?.violations ?? []).map(faultOfViolation);
    const verdict = error.detailOf('rate_limited')?.verdict ?? null;
    const maxAgeSeconds = error.detailOf('reauthentication_required')?.maxAgeSeconds ?? null;
    return { code, faults, retryAfterSeconds, verdict, maxAgeSeconds };
  }
  if (error instanceof HttpRefusal) return plainRefusal(error.code);
  if (error instanceof ValidateError) return plainRefusal('validation_failed', faultsOfValidation(error.fields, request));
  return plainRefusal('internal_error');
}

/** A refusal that has only its code, and perhaps faults. */
export const plainRefusal = (code: ProblemCode, faults: readonly FaultBody[] = []): Refusal => ({
  code,
  faults,
  retryAfterSeconds: null,
  verdict: null,
  maxAgeSeconds: null,
});
