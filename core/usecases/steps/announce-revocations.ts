import type { Revocation } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';
import { type AnnounceEventsPorts, announceEvents } from './announce-events.js';

export type AnnounceRevocationsPorts = AnnounceEventsPorts & Pick<Ports, 'revokedSessions' | 'revocationFeed' | 'clock'>;

/** More than these are ended by an operator, who ends all of a user's: no device is left to be told. */
const mostTold = 100;

/**
 * Tells this process at once, the others by the feed, and the devices that are left by an event. Only after the commit: before it,
 * nothing has ended yet.
 */
export async function announceRevocations(revocations: readonly Revocation[], ports: AnnounceRevocationsPorts): Promise<void> {
  if (revocations.length === 0) return;
  ports.revokedSessions.add(revocations, ports.clock.now());
  const told = revocations.length > mostTold ? [] : revocations;
  const events = told.map(({ userId, sessionId, reason, revokedAt }) => ({
    userId,
    event: { kind: 'session_revoked', sessionId, reason } as const,
    at: revokedAt,
  }));
  await Promise.all([ports.revocationFeed.announce(revocations), announceEvents(events, ports)]);
}
