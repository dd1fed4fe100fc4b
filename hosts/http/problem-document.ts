import type { Action } from '../../core/domain/error-code.js';
import { type ProblemCode, problemAction, problemEntry, problemType } from './problem-catalogue.js';

/** A refusal as it is sent (RFC 9457), without the fields that only some routes add. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: ProblemCode;
  readonly action: Action;
  readonly request_id: string;
}

export interface ProblemFacts {
  readonly code: ProblemCode;
  readonly requestId: string;
  /** Present where the request could be read; see `instanceOf`. */
  readonly instance?: string;
  /** Present where it is not the status of the code. */
  readonly status?: number;
}

export function problemDocument({ code, requestId, instance, status }: ProblemFacts): ProblemDocument {
  const { title, detail, status: own } = problemEntry(code);
  const decision = { code, action: problemAction(code), request_id: requestId };
  return { type: problemType(code), title, status: status ?? own, detail, ...(instance !== undefined && { instance }), ...decision };
}

/** The path of a request, without its query, in the form for a problem document. */
export const instanceOf = (path: string): string => path.replace(/[^\x21-\x7e]/g, encodeURIComponent);
