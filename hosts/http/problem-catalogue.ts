import { type Action, actions, type ErrorCode, errorCodes } from '../../core/domain/error-code.js';
import { type HttpCode, httpProblems } from './http-problems.js';
import type { ProblemEntry } from './problem-entry.js';

/** Every refusal of the core. A code without an entry does not compile. Those that only HTTP can say are in `httpProblems`. */
export const problemCatalogue = {
  token_missing: {
    status: 401,
    title: 'Access token missing',
    detail: 'This needs an access token in the field Authorization: Bearer.',
    advice: 'Send the access token of a sign-in or a refresh. Without one, forget what is left of the tokens and show the sign-in.',
  },
  token_invalid: {
    status: 401,
    title: 'Access token not valid',
    detail: 'The access token is not one that this service accepts.',
    advice: 'Forget the tokens and show the sign-in. A refresh token does not serve as an access token.',
  },
  token_expired: {
    status: 401,
    title: 'Access token expired',
    detail: 'The access token was valid and has expired.',
    advice: 'Trade the refresh token for new tokens at /auth/refresh, then send the request again. The sign-in lives on.',
  },
  session_revoked: {
    status: 401,
    title: 'Session ended',
    detail: 'The session of this access token was ended.',
    advice:
      'Forget the tokens and show the sign-in. The session was ended from another device, by a change of password, or by an administrator.',
  },
  reauthentication_required: {
    status: 401,
    title: 'Recent sign-in required',
    detail: 'The session is too old for this request: the user has to sign in again first.',
    advice:
      'Keep the tokens. Let the person type the password, sign in with it, and send the request with the access token of the new session. The max_age of WWW-Authenticate says how many seconds ago a sign-in may be.',
  },
  invalid_credentials: {
    status: 401,
    title: 'Wrong address or password',
    detail: 'The address and the password do not belong together.',
    advice: 'Let the person type them again. Whether the address has an account is not told. Tokens that the app holds are still good.',
  },
  refresh_invalid: {
    status: 401,
    title: 'Refresh token not valid',
    detail: 'The refresh token is unknown, or its session was ended.',
    advice: 'Forget the tokens and show the sign-in.',
  },
  refresh_expired: {
    status: 401,
    title: 'Refresh token expired',
    detail: 'The session was not refreshed in time, or has reached its greatest age.',
    advice: 'Forget the tokens and show the sign-in.',
  },
  refresh_reused: {
    status: 401,
    title: 'Refresh token used twice',
    detail:
      'The refresh token was presented after its successor, or too long after it was replaced: it may have been stolen, and its session was ended.',
    advice: 'Forget the tokens and show the sign-in. An app that keeps the successor of each refresh token never sees this.',
  },
  account_disabled: {
    status: 403,
    title: 'Account closed',
    detail: 'The account is suspended or closed.',
    advice: 'Say so, and whom to turn to. Neither signing in again nor other tokens will help.',
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
    advice: 'Check the path: case and a slash at its end count. A session that is over is not found either: read the list anew.',
  },
  email_taken: {
    status: 409,
    title: 'Address taken',
    detail: 'There is an account with this address already.',
    advice:
      'Offer to sign in instead. Addresses that differ only in case, surrounding space or the form of the domain are one. An address stays taken while any account has it, also a closed one.',
  },
  current_password_wrong: {
    status: 422,
    title: 'Current password wrong',
    detail: 'The current password is not the one of this account.',
    advice: 'Let the person type it again. The tokens are still good. Wrong passwords are counted for the session.',
  },
  precondition_failed: {
    status: 412,
    title: 'Changed meanwhile',
    detail: 'The resource is not in a state that If-Match or If-None-Match admits.',
    advice: 'Read it anew, apply the change to what it is now, and send it with the new ETag.',
  },
  payload_too_large: {
    status: 413,
    title: 'Body too large',
    detail: 'The body is larger than this path takes: 16 KiB under /auth, 100 KiB elsewhere.',
    advice: 'Send less. Sending it again unchanged gives the same answer.',
  },
  validation_failed: {
    status: 422,
    title: 'Request not valid',
    detail: 'Some fields are missing, unknown, or not what they have to be: errors lists each of them.',
    advice: 'Show each error beside the field that its pointer names, and let the person correct it.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail: 'Too many requests were counted: wait for as long as Retry-After says.',
    advice:
      'Wait for as many seconds as Retry-After says. The fields RateLimit and RateLimit-Policy tell how much is left before that happens.',
    retryAfterSeconds: 1,
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong in the service. It has been recorded under the request_id.',
    advice: 'Try again after a while, a few times at most. If it stays, report the request_id.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    detail: 'The service has more to do than it can: try again after Retry-After.',
    advice: 'Send the request again after as many seconds as Retry-After says. The tokens are still good.',
    retryAfterSeconds: 1,
  },
  dependency_unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'Something that the service depends on does not answer: try again after Retry-After.',
    advice: 'Send the request again after as many seconds as Retry-After says. The tokens are still good.',
    retryAfterSeconds: 2,
  },
} as const satisfies Record<ErrorCode, ProblemEntry>;

/** What an answer may say: a refusal of the core, or of HTTP itself. */
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
