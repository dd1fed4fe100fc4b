import type { SessionId } from '../ids.js';

/** What a sign-in or a refresh hands out (RFC 6749 §5.1). */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds until the refresh token ends if it is not used. */
  readonly refreshExpiresIn: number;
  readonly sessionId: SessionId;
}
