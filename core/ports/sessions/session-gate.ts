import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** Whose sessions. */
export type SessionOwners = { readonly kind: 'of_user'; readonly userId: UserId } | { readonly kind: 'all' };

/** A gate that is shut: new sessions wait before it. */
export interface ShutGate {
  /** Lets them through, soon after. A gate that is never released opens when its process has ended, or shortly after. */
  release(): Promise<void>;
}

/**
 * Keeps sessions from being opened for a moment, so that "every session has ended" can be true until it has been said. Others than
 * those named may have to wait as well. It is for moments: who waits for long is refused as when the database is overtaxed.
 */
export interface SessionGate {
  /**
   * Waits for sessions that are just being opened, then shuts, unless one of `owners` is live at `now`: null, and the gate stays open.
   * Whoever has shut it changes nothing in the database before it is released.
   * @throws AuthError `dependency_unavailable`
   */
  shut(owners: SessionOwners, now: Instant): Promise<ShutGate | null>;
}
