/** What an app should do next. Only `login` means "forget the tokens"; `verify` means "keep them, and authenticate the user again". */
export type Action = 'retry' | 'wait' | 'refresh' | 'login' | 'verify' | 'fix' | 'none';

/**
 * Every refusal of the core, with what the app should do about it. Each host has one exhaustive table over these codes, and adds those that
 * only its own protocol can say.
 */
export const actions = {
  token_missing: 'login',
  token_invalid: 'login',
  token_expired: 'refresh',
  session_revoked: 'login',
  reauthentication_required: 'verify',
  invalid_credentials: 'fix',
  refresh_invalid: 'login',
  refresh_expired: 'login',
  refresh_reused: 'login',
  account_disabled: 'none',
  forbidden: 'none',
  not_found: 'fix',
  email_taken: 'fix',
  current_password_wrong: 'fix',
  precondition_failed: 'fix',
  payload_too_large: 'fix',
  validation_failed: 'fix',
  rate_limited: 'wait',
  internal_error: 'retry',
  overloaded: 'retry',
  dependency_unavailable: 'retry',
} as const satisfies Record<string, Action>;

export type ErrorCode = keyof typeof actions;

export const errorCodes = Object.keys(actions) as readonly ErrorCode[];
