import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** The claims of an access token (RFC 9068 in shape: `sub`, `sid`, `jti`, `iat`, `exp`). */
export interface AccessClaims {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly tokenId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

export type AccessTokenVerdict =
  | { readonly kind: 'valid'; readonly claims: AccessClaims }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

/** Access tokens: JWT, HS256, `typ: at+jwt`, with a `kid` (RFC 7519, RFC 8725). */
export interface TokenIssuer {
  /** Signs with the current secret. Instants are truncated to whole seconds, as in JWT. */
  issue(claims: AccessClaims): Promise<string>;

  /**
   * Checks form, algorithm, type, key, signature, issuer, audience and expiry, with at most 30 s of leeway. Does not check whether the
   * session was revoked. Never throws for a bad token: a refresh token, a foreign key, another algorithm are `invalid`. A lifetime (`exp`
   * minus `iat`) above the configured one, and an `iat` in the future (beyond at most 60 s of leeway), are `expired`, so that a client
   * refreshes the token instead of signing out: since the token was issued, the setting may have been lowered or the clock set back.
   */
  verify(token: string, now: Instant): Promise<AccessTokenVerdict>;
}
