import { type ProblemCode, problemEntry } from './problem-catalogue.js';

/** Codes for a fault of the presented token. */
const tokenFaults: ReadonlySet<ProblemCode> = new Set(['token_invalid', 'token_expired', 'session_revoked']);

/**
 * `WWW-Authenticate` for a refusal where a bearer token was required (RFC 6750 §3). It has `error` only if the token itself was refused, or
 * if the token is valid and its authentication too old (RFC 9470 §3).
 */
export function bearerChallenge(code: ProblemCode, maxAgeSeconds: number | null = null): string {
  const realm = 'Bearer realm="move-acces"';
  const described = (error: string) => `${realm}, error="${error}", error_description="${problemEntry(code).detail}"`;
  if (code === 'reauthentication_required') {
    return `${described('insufficient_user_authentication')}${maxAgeSeconds === null ? '' : `, max_age=${maxAgeSeconds}`}`;
  }
  return tokenFaults.has(code) ? described('invalid_token') : realm;
}
