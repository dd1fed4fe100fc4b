import { AuthError } from '../../domain/auth-error.js';
import type { SessionId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';
import type { AccessClaims } from '../../ports/sessions/token-issuer.js';

export type RequireLiveSessionPorts = Pick<Ports, 'revokedSessions' | 'sessions'>;

export type AuthenticateTokenPorts = RequireLiveSessionPorts & Pick<Ports, 'tokens' | 'clock'>;

/**
 * Checks an access token and its session. Rejects an expired token even within the leeway: a connection would end at once.
 * @throws AuthError `token_invalid`, `token_expired`, `session_revoked`, `dependency_unavailable`
 */
export async function authenticateToken(token: string, ports: AuthenticateTokenPorts): Promise<AccessClaims> {
  const now = ports.clock.now();
  const verdict = await ports.tokens.verify(token, now);
  if (verdict.kind === 'invalid') throw new AuthError('token_invalid');
  if (verdict.kind === 'expired' || verdict.claims.expiresAt <= now) throw new AuthError('token_expired');
  await requireLiveSession(verdict.claims.sessionId, now, ports);
  return verdict.claims;
}

/**
 * Checks this process's view of ended sessions. Queries the database only while that view cannot be trusted.
 * @throws AuthError `session_revoked`, `dependency_unavailable`
 */
export async function requireLiveSession(
  id: SessionId,
  now: Instant,
  { revokedSessions, sessions }: RequireLiveSessionPorts,
): Promise<void> {
  if (revokedSessions.has(id)) throw new AuthError('session_revoked');
  if (revokedSessions.isTrusted(now)) return;
  const session = await sessions.find(id);
  if (session === null || session.revokedAt !== null) throw new AuthError('session_revoked');
}
