import type { ErrorCode } from '../../core/domain/error-code.js';

/**
 * The messages for an admin, without the end of the sentence. Every refusal has exit code 1: the command was valid and could not be carried
 * out.
 */
export const refusalWords = {
  token_missing: 'No token was given',
  token_invalid: 'The token is not valid',
  token_expired: 'The token has expired',
  session_revoked: 'The session has ended',
  reauthentication_required: 'A recent sign-in is required',
  invalid_credentials: 'The credentials are wrong',
  refresh_invalid: 'The refresh token is not valid',
  refresh_expired: 'The refresh token has expired',
  refresh_reused: 'The refresh token was used before: its session has ended',
  account_disabled: 'The account is disabled',
  forbidden: 'That is not allowed',
  not_found: 'There is no such thing',
  email_taken: 'An account has this address',
  current_password_wrong: 'The current password is wrong',
  precondition_failed: 'It is not as it would have to be for that',
  payload_too_large: 'The input is too large',
  validation_failed: 'The input is not valid',
  rate_limited: 'Too many requests',
  internal_error: 'Something broke',
  overloaded: 'Too much work is waiting; try again',
  dependency_unavailable: 'The database or Redis cannot be reached',
} as const satisfies Record<ErrorCode, string>;

/** 0 done, 1 failed, 2 wrong usage. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
