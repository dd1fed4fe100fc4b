import type { ErrorCode } from './error-code.js';
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

/**
 * What a refusal carries besides its code, by code. A code without a member carries nothing. A refusal cannot be made without the detail of
 * a member that is not optional.
 */
export interface RefusalDetails {
  readonly validation_failed: { readonly violations: readonly Violation[] };
  /** The max age of an authentication that is accepted (RFC 9470 §3). */
  readonly reauthentication_required: { readonly maxAgeSeconds: number };
  /** The verdict that refused; none where bytes are limited, and not requests. */
  readonly rate_limited?: { readonly verdict: RateVerdict };
  /** For a ticket: what is kept for it does not verify, so that another ticket may well be good. */
  readonly token_invalid?: { readonly isTicketUnverified: boolean };
}

/** Codes that carry a detail, always or sometimes. */
export type DetailedCode = keyof RefusalDetails;

export type RefusalDetail<Code extends DetailedCode> = Required<RefusalDetails>[Code];

/** Codes of which a refusal can be made without a detail. */
export type PlainCode = Exclude<
  ErrorCode,
  { [Code in DetailedCode]-?: undefined extends RefusalDetails[Code] ? never : Code }[DetailedCode]
>;
