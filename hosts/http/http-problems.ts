import type { Action } from '../../core/domain/error-code.js';
import type { ProblemEntry } from './problem-entry.js';

/** Refusals that exist only in HTTP. No use case throws them: the hosts send them before they call one, for example by `HttpRefusal`. */
export const httpProblems = {
  malformed_body: {
    status: 400,
    action: 'fix',
    title: 'Malformed request',
    detail: 'The request could not be read: its body must be one JSON object in UTF-8, and its path well-formed.',
    advice: 'Correct the request that the app writes. Sending it again unchanged gives the same response.',
  },
  method_not_allowed: {
    status: 405,
    action: 'fix',
    title: 'Method not allowed',
    detail: 'This path is not served with this method; the field Allow lists those that it has.',
    advice: 'Use one of the methods in the Allow header.',
  },
  unsupported_media_type: {
    status: 415,
    action: 'fix',
    title: 'Media type not supported',
    detail: 'The body must be sent as application/json, in UTF-8 and not compressed.',
    advice: 'Send Content-Type: application/json and no Content-Encoding.',
  },
  malformed_request: {
    status: 400,
    action: 'fix',
    title: 'Malformed HTTP request',
    detail: 'The request is not well-formed HTTP/1.1, or does not name exactly one Host.',
    advice: 'Correct the request that the app, or a proxy in between, writes. Sending it again unchanged gives the same response.',
  },
  request_timeout: {
    status: 408,
    action: 'retry',
    title: 'Request not complete in time',
    detail: 'The request did not arrive in full within the time that the service waits.',
    advice: 'Send the request again on a new connection.',
  },
  expectation_failed: {
    status: 417,
    action: 'fix',
    title: 'Expectation not supported',
    detail: 'The field Expect holds something other than 100-continue.',
    advice: 'Send the request without the Expect header.',
  },
  headers_too_large: {
    status: 431,
    action: 'fix',
    title: 'Header fields too large',
    detail: 'The header fields of the request are longer than 16 KiB together.',
    advice: 'Send fewer or shorter header fields. Sending them again unchanged gives the same response.',
  },
} as const satisfies Record<string, ProblemEntry & { readonly action: Action }>;

export type HttpCode = keyof typeof httpProblems;
