import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** Whose sessions. */
export type SessionOwners = { readonly kind: 'of_user'; readonly userId: UserId } | { readonly kind: 'all' };

/** While it is held, new sessions wait. */
export interface HeldSessionLock {
  /** Lets them through, soon after. A lock that is never released is free once its process has ended, or shortly after. */
  release(): Promise<void>;
}

/**
 * Keeps sessions from being opened for a moment, so that "every session has ended" can be true until it has been printed. Sessions of
 * other users may have to wait as well. Hold it for moments: a sign-in that waits for long is refused as by an overloaded database.
 */
export interface SessionLock {
  /**
   * Waits for sessions that are just being opened, then holds, unless one of `owners` is live at `now`: null, and nothing is held.
   * The holder changes nothing in the database before it releases the lock.
   * @throws AuthError `dependency_unavailable`
   */
  acquire(owners: SessionOwners, now: Instant): Promise<HeldSessionLock | null>;
}
