import { type ProblemCode, problemEntry } from './problem-catalogue.js';

/** Codes that say that the token presented is the matter. */
const tokenFaults: ReadonlySet<ProblemCode> = new Set(['token_invalid', 'token_expired', 'session_revoked']);

/** `WWW-Authenticate` for a refusal where a bearer token was due (RFC 6750 §3): without `error` unless the token itself was refused. */
export function bearerChallenge(code: ProblemCode): string {
  const realm = 'Bearer realm="move-acces"';
  return tokenFaults.has(code) ? `${realm}, error="invalid_token", error_description="${problemEntry(code).detail}"` : realm;
}
