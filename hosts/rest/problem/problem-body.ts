import type { Action } from '../../../core/domain/error-code.js';
import type { ViolationReason } from '../../../core/domain/refusal-details.js';
import type { ProblemCode } from '../../http/problem-catalogue.js';

/** Why a request was refused (RFC 9457), and what the app should do about it. */
export interface ProblemBody {
  /**
   * Address of a page about the problem, on the same host.
   * @example "/problems/rate_limited"
   */
  type: string;
  /** @example "Too many requests" */
  title: string;
  /**
   * The HTTP status, as in the response.
   * @isInt
   * @example 429
   */
  status: number;
  /** @example "This client has sent too many requests: wait for as long as Retry-After says." */
  detail: string;
  /**
   * The path of the request, without its query.
   * @example "/auth/login"
   */
  instance: string;
  /** The error, more specific than `action`. */
  code: ProblemCode;
  /** What the app should do next: only `login` means that it discards its tokens. */
  action: Action;
  /** @example "3f9f4f0d6f3c4b0f9d2f8d1f0c7a5b6e" */
  request_id: string;
  /** For `validation_failed`: the faults of the request, and where they are. */
  errors?: FaultBody[];
}

/** One fault of a request. */
export interface FaultBody {
  /**
   * A JSON pointer (RFC 6901) into the body; empty for the body as a whole. Outside the body it begins with `/query`, `/path` or `/header`.
   * @example "/first_name"
   */
  pointer: string;
  /**
   * What it has to be; the value itself is never repeated.
   * @example "at most 100 characters"
   */
  detail: string;
  /** Why a new password is too easy to guess, or what the table of accounts has against a value. Other faults have none. */
  reason?: ViolationReason;
}
