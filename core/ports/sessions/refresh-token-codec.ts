import type { SessionId } from '../../domain/ids.js';

/** The content of a refresh token. */
export interface RefreshTokenPayload {
  readonly sessionId: SessionId;
  readonly counter: number;
}

/**
 * Refresh tokens that need no table row: version, session id, number and an HMAC of at least 128 bits under a key derived from the
 * application's secret. The same payload always gives the same text under the same secret.
 */
export interface RefreshTokenCodec {
  seal(ticket: RefreshTokenPayload): string;

  /** Returns null for any text that `seal` did not create, under the current secret or a previous one. Does not check the session. */
  open(token: string): RefreshTokenPayload | null;
}
