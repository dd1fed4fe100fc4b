import type { TokenResponse } from '../../../core/domain/sessions/token-response.js';

/** What a sign-in or a refresh hands out (RFC 6749 §5.1). */
export interface TokensBody {
  /**
   * A JWT for `Authorization: Bearer`.
   * @example "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImExIn0.eyJzdWIiOiI3In0.c2lnbmF0dXJl"
   */
  access_token: string;
  /**
   * Good for one refresh, which hands out its successor.
   * @example "v1.AZyLbq0Ec4qTqGm1xk5d8A.0.Yk3sVwq9Tq2xJ3mB0cP4dQ"
   */
  refresh_token: string;
  token_type: 'bearer';
  /**
   * Seconds until the access token ends.
   * @isInt
   * @example 900
   */
  expires_in: number;
  /**
   * Seconds until the refresh token ends if it is not used.
   * @isInt
   * @example 86400
   */
  refresh_expires_in: number;
  /** @example "019c8b6e-ad04-738a-93a8-69b5c64e5df0" */
  session_id: string;
}

export function tokensBody(tokens: TokenResponse): TokensBody {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_type: 'bearer',
    expires_in: tokens.expiresIn,
    refresh_expires_in: tokens.refreshExpiresIn,
    session_id: tokens.sessionId,
  };
}
