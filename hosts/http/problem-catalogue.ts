import { type Action, actions, type ErrorCode, errorCodes } from '../../core/domain/error-code.js';
import { type HttpCode, httpProblems } from './http-problems.js';
import type { ProblemEntry } from './problem-entry.js';

/** Every refusal of the core. A code without an entry does not compile. Those that only HTTP can say are in `httpProblems`. */
export const problemCatalogue = {
  token_missing: {
    status: 401,
    title: 'Access token missing',
    detail: 'This needs an access token in the field Authorization: Bearer.',
    advice: 'Send the access token of a login or a refresh. Without one, discard all tokens and show the login.',
  },
  token_invalid: {
    status: 401,
    title: 'Access token not valid',
    detail: 'The access token is not one that this service accepts.',
    advice: 'Discard the tokens and show the login. A refresh token is not an access token.',
  },
  token_expired: {
    status: 401,
    title: 'Access token expired',
    detail: 'The access token was valid and has expired.',
    advice: 'Exchange the refresh token for new tokens at /auth/refresh, then send the request again. The session continues.',
  },
  session_revoked: {
    status: 401,
    title: 'Session ended',
    detail: 'The session of this access token was ended.',
    advice:
      'Discard the tokens and show the login. The session was ended from another device, by a change of password, or by an administrator.',
  },
  reauthentication_required: {
    status: 401,
    title: 'Recent sign-in required',
    detail: 'The session is too old for this request: the user has to sign in again first.',
    advice:
      'Keep the tokens. Let the user type the password, log in with it, and send the request with the access token of the new session. The max_age of WWW-Authenticate is the maximum age of the login in seconds.',
  },
  invalid_credentials: {
    status: 401,
    title: 'Wrong address or password',
    detail: 'The address and the password do not belong together.',
    advice:
      'Let the user type them again. The response does not reveal whether the address has an account. Tokens that the app has are still valid.',
  },
  refresh_invalid: {
    status: 401,
    title: 'Refresh token not valid',
    detail: 'The refresh token is unknown, or its session was ended.',
    advice: 'Discard the tokens and show the login.',
  },
  refresh_expired: {
    status: 401,
    title: 'Refresh token expired',
    detail: 'The session was not refreshed in time, or has reached its greatest age.',
    advice: 'Discard the tokens and show the login.',
  },
  refresh_reused: {
    status: 401,
    title: 'Refresh token used twice',
    detail:
      'The refresh token was presented after its successor, or too long after it was replaced: it may have been stolen, and its session was ended.',
    advice: 'Discard the tokens and show the login. An app that stores the successor of each refresh token never gets this error.',
  },
  account_disabled: {
    status: 403,
    title: 'Account closed',
    detail: 'The account is suspended or closed.',
    advice: 'Inform the user, with a contact. Neither another login nor other tokens will help.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    detail: 'This client may not do that.',
    advice: 'Nothing that the app can do changes it.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing here, or nothing that this client may know of.',
    advice: 'Check the path: case and a slash at its end count. A session that has ended is not found either: read the list again.',
  },
  email_taken: {
    status: 409,
    title: 'Address taken',
    detail: 'There is an account with this address already.',
    advice:
      'Offer to log in instead. Addresses that differ only in case, surrounding space or the form of the domain are the same. An address stays taken while any account has it, also a closed one.',
  },
  current_password_wrong: {
    status: 422,
    title: 'Current password wrong',
    detail: 'The current password is not the one of this account.',
    advice: 'Let the user type it again. The tokens are still valid. Wrong passwords are counted for the session.',
  },
  precondition_failed: {
    status: 412,
    title: 'Changed meanwhile',
    detail: 'The resource is not in a state that If-Match or If-None-Match admits.',
    advice: 'Read it again, apply the change to its present state, and send it with the new ETag.',
  },
  payload_too_large: {
    status: 413,
    title: 'Body too large',
    detail: 'The body is larger than this path takes: 16 KiB under /auth, 100 KiB elsewhere.',
    advice: 'Send less. Sending it again unchanged gives the same response.',
  },
  validation_failed: {
    status: 422,
    title: 'Request not valid',
    detail: 'Some fields are missing, unknown, or not what they have to be: errors lists each of them.',
    advice: 'Show each error beside the field that its pointer names, and let the user correct it.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail: 'Too many requests were counted: wait for as long as Retry-After says.',
    advice:
      'Wait for the number of seconds in Retry-After. The headers RateLimit and RateLimit-Policy show how many requests are left before that.',
    retryAfterSeconds: 1,
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong in the service. It has been recorded under the request_id.',
    advice: 'Try again later, a few times at most. If the error remains, report the request_id.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    detail: 'The service has more to do than it can: try again after Retry-After.',
    advice: 'Send the request again after the number of seconds in Retry-After. The tokens are still valid.',
    retryAfterSeconds: 1,
  },
  dependency_unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'Something that the service depends on does not answer: try again after Retry-After.',
    advice: 'Send the request again after the number of seconds in Retry-After. The tokens are still valid.',
    retryAfterSeconds: 2,
  },
} as const satisfies Record<ErrorCode, ProblemEntry>;

/** The code of an error response: a refusal of the core, or of HTTP itself. */
export type ProblemCode = ErrorCode | HttpCode;

/** A cast: `Object.keys` returns only `string`. */
export const problemCodes: readonly ProblemCode[] = [...errorCodes, ...(Object.keys(httpProblems) as HttpCode[])];

/** The entry of a code, with the common type. */
export const problemEntry = (code: ProblemCode): ProblemEntry => (isHttpCode(code) ? httpProblems[code] : problemCatalogue[code]);

/** The action that the app should take. */
export const problemAction = (code: ProblemCode): Action => (isHttpCode(code) ? httpProblems[code].action : actions[code]);

/** Path of the page about a problem, and its type (RFC 9457 §3.1.1). */
export const problemType = (code: ProblemCode): string => `/problems/${code}`;

const isHttpCode = (code: ProblemCode): code is HttpCode => Object.hasOwn(httpProblems, code);
