import { type Action, actions, type ErrorCode } from './error-code.js';
import type { RateVerdict } from './limits/rate-rule.js';

/**
 * Why a new password is too easy to guess: many people have it, or it consists of what is known of its owner (OWASP ASVS 5.0 §6.2.4,
 * §6.2.11). Or what a table of accounts has against a value: another account has it (`taken`), or a rule of its own (`refused`).
 */
export type ViolationReason = 'common' | 'personal' | 'taken' | 'refused';

/** What is wrong with one field. `rule` is text for a developer, never the value. */
export interface Violation {
  /** The input's name in camelCase; null where the input as a whole is refused, and nothing says for which field. */
  readonly field: string | null;
  readonly rule: string;
  /** Where a program has to distinguish it from other violations of the field. */
  readonly reason?: ViolationReason;
}

export interface AuthErrorContext {
  /** What broke underneath: for the log alone, never for an answer. */
  readonly cause?: unknown;
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** For `validation_failed`. */
  readonly violations?: readonly Violation[];
  /** For `rate_limited`: the verdict that refused. */
  readonly verdict?: RateVerdict;
  /** For `reauthentication_required`: the max age of an authentication that is accepted (RFC 9470 §3). */
  readonly maxAgeSeconds?: number;
  /** For `token_invalid` of a ticket: what is kept for it does not verify, so that another ticket may well be good. */
  readonly isTicketUnverified?: boolean;
}

/** The one way to refuse. Its message is the code: no address, token or password can slip into a log by it. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;
  readonly violations: readonly Violation[];
  readonly verdict: RateVerdict | null;
  readonly maxAgeSeconds: number | null;
  readonly isTicketUnverified: boolean;

  constructor(code: ErrorCode, context: AuthErrorContext = {}) {
    super(code, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.retryAfterSeconds = context.retryAfterSeconds ?? null;
    this.violations = context.violations ?? [];
    this.verdict = context.verdict ?? null;
    this.maxAgeSeconds = context.maxAgeSeconds ?? null;
    this.isTicketUnverified = context.isTicketUnverified ?? false;
  }

  get action(): Action {
    return actions[this.code];
  }
}
