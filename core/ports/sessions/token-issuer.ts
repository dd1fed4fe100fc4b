import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** What an access token says (RFC 9068 in shape: `sub`, `sid`, `jti`, `iat`, `exp`). */
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
  /** Signs with the current secret. Instants are cut to whole seconds, as JWT has them. */
  issue(claims: AccessClaims): Promise<string>;

  /**
   * Checks form, algorithm, type, key, signature, issuer, audience and expiry, at most 30 s of leeway. Does not check whether the
   * session was revoked. Never throws for a bad token: a refresh token, a foreign key, another algorithm are `invalid`. A life, `exp`
   * minus `iat`, beyond the configured one, and an `iat` in the future (at most 60 s of leeway) are `expired`, so that a client refreshes
   * the token instead of signing out: the setting may have been lowered, or the clock set back, since it was issued.
   */
  verify(token: string, now: Instant): Promise<AccessTokenVerdict>;
}
