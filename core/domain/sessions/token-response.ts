import type { SessionId } from '../ids.js';

/** The response to a sign-in or a refresh (RFC 6749 §5.1). */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds until the refresh token expires if it is not used. */
  readonly refreshExpiresIn: number;
  readonly sessionId: SessionId;
}
