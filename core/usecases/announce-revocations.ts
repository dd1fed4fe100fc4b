import type { Revocation } from '../domain/session.js';
import type { Ports } from '../ports/ports.js';

export type AnnounceRevocationsPorts = Pick<Ports, 'revokedSessions' | 'revocationFeed'>;

/** Tells this process at once and the others by the feed. Only after the commit: before it, nothing has ended yet. */
export async function announceRevocations(revocations: readonly Revocation[], ports: AnnounceRevocationsPorts): Promise<void> {
  if (revocations.length === 0) return;
  ports.revokedSessions.add(revocations);
  await ports.revocationFeed.announce(revocations);
}
