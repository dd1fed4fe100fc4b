import type { HeaderObject, Reference } from './openapi-document.js';

/** Headers of responses. */
export const answerHeaders = {
  'X-Request-Id': {
    description: 'Identifies the request in logs and in the audit log. The service generates it, unless a trusted proxy sent one.',
    schema: { type: 'string' },
    example: '3f9f4f0d6f3c4b0f9d2f8d1f0c7a5b6e',
  },
  'RateLimit-Policy': {
    description: 'The limits that count this request: `q` requests in any window of `w` seconds (draft-ietf-httpapi-ratelimit-headers).',
    schema: { type: 'string' },
    example: '"login";q=5;w=60',
  },
  RateLimit: {
    description: 'The rest of these limits: `r` requests now, and more in `t` seconds.',
    schema: { type: 'string' },
    example: '"login";r=4;t=60',
  },
  'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer', minimum: 1 }, example: '60' },
  'WWW-Authenticate': {
    description: 'Why the bearer token was refused (RFC 6750), or how recent an authentication must be (RFC 9470).',
    schema: { type: 'string' },
    example: 'Bearer realm="move-acces", error="invalid_token", error_description="The access token was valid and has expired."',
  },
  ETag: {
    description: 'Identifies this state, for `If-Match`.',
    schema: { type: 'string' },
    example: '"5f2b0c6e9d3a41f7b8c2d4e6f8a0b1c3"',
  },
} as const satisfies Record<string, HeaderObject>;

export type AnswerHeader = keyof typeof answerHeaders;

/** References to some of them, in the form for a response. */
export const headerReferences = (...names: readonly AnswerHeader[]): Record<string, Reference> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
