import type { SessionId } from '../../domain/ids.js';

/** What a refresh token stands for. */
export interface RefreshTokenPayload {
  readonly sessionId: SessionId;
  readonly counter: number;
}

/**
 * Refresh tokens that need no row: version, session id, number and an HMAC of at least 128 bits under a key derived from the
 * application's secret. One ticket always gives the same text under one secret.
 */
export interface RefreshTokenCodec {
  seal(ticket: RefreshTokenPayload): string;

  /** Null for anything that `seal` did not make, under the current secret or a previous one. Says nothing about the session. */
  open(token: string): RefreshTokenPayload | null;
}
