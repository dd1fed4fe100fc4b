import { hex } from '../../domain/hex.js';
import { type Instant, secondsToMs, secondsUntil } from '../../domain/instant.js';
import type { Session } from '../../domain/sessions/session.js';
import type { TokenResponse } from '../../domain/sessions/token-response.js';
import type { Ports } from '../../ports/ports.js';

export type IssueTokensPorts = Pick<Ports, 'tokens' | 'refreshTokens' | 'random' | 'sessionPolicy'>;

/** Issues the tokens for a session in its current state. The access token never outlives the session. */
export async function issueTokens(session: Session, now: Instant, ports: IssueTokensPorts): Promise<TokenResponse> {
  const { tokens, refreshTokens, random, sessionPolicy } = ports;
  const expiresIn = Math.min(sessionPolicy.accessTtlSeconds, secondsUntil(session.expiresAt, now));
  const issuedAt = secondsToMs(Math.floor(now / 1000));
  const accessToken = await tokens.issue({
    userId: session.userId,
    sessionId: session.id,
    tokenId: hex(random.bytes(16)),
    issuedAt,
    expiresAt: issuedAt + secondsToMs(expiresIn),
  });
  return {
    accessToken,
    refreshToken: refreshTokens.seal({ sessionId: session.id, counter: session.counter }),
    expiresIn,
    refreshExpiresIn: secondsUntil(session.idleExpiresAt, now),
    sessionId: session.id,
  };
}
