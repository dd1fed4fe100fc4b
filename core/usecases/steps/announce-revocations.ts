import type { Revocation } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';
import { type AnnounceEventsPorts, announceEvents } from './announce-events.js';

export type AnnounceRevocationsPorts = AnnounceEventsPorts & Pick<Ports, 'revokedSessions' | 'revocationFeed' | 'clock'>;

/** Only an operator ends more sessions than this at once, and then ends all of a user's sessions: no device is left to notify. */
const maxAnnounced = 100;

/**
 * Updates this process's view at once, the other processes by the feed, and the remaining devices by an event. Call it only after the
 * commit: before the commit, no session has ended.
 */
export async function announceRevocations(revocations: readonly Revocation[], ports: AnnounceRevocationsPorts): Promise<void> {
  if (revocations.length === 0) return;
  ports.revokedSessions.add(revocations, ports.clock.now());
  const told = revocations.length > maxAnnounced ? [] : revocations;
  const events = told.map(({ userId, sessionId, reason, revokedAt }) => ({
    userId,
    event: { kind: 'session_revoked', sessionId, reason } as const,
    at: revokedAt,
  }));
  await Promise.all([ports.revocationFeed.announce(revocations), announceEvents(events, ports)]);
}
