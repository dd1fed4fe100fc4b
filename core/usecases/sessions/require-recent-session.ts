import { AuthError } from '../../domain/auth-error.js';
import type { SessionId } from '../../domain/ids.js';
import { isOpenedWithin } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';

export interface RecentSession {
  readonly sessionId: SessionId;
  /** 0 accepts any age. */
  readonly maxAgeSeconds: number;
}

export type RequireRecentSessionPorts = Pick<Ports, 'sessions' | 'clock'>;

/**
 * Requires that the user signed in a short time ago. Reads the session's row: a refresh does not count, nor does the age of the access
 * token.
 * @throws AuthError `reauthentication_required`; `dependency_unavailable`
 */
export async function requireRecentSession({ sessionId, maxAgeSeconds }: RecentSession, ports: RequireRecentSessionPorts): Promise<void> {
  if (maxAgeSeconds === 0) return;
  const session = await ports.sessions.find(sessionId);
  if (session === null || !isOpenedWithin(session, maxAgeSeconds, ports.clock.now())) {
    throw new AuthError('reauthentication_required', { detail: { maxAgeSeconds } });
  }
}
