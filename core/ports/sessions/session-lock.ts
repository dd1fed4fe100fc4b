import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** The users whose sessions the lock concerns. */
export type SessionOwners = { readonly kind: 'of_user'; readonly userId: UserId } | { readonly kind: 'all' };

/** While it is held, new sessions wait. */
export interface HeldSessionLock {
  /** Lets waiting sessions proceed soon after. A lock that is never released becomes free when its process ends, or shortly after. */
  release(): Promise<void>;
}

/**
 * Prevents new sessions for a short time, so that "every session has ended" stays true until the caller has printed it. New sessions of
 * other users may have to wait as well. Hold it only briefly: a sign-in that waits too long is refused as by an overloaded database.
 */
export interface SessionLock {
  /**
   * Waits for sessions that are being opened. Then holds the lock, unless a session of `owners` is live at `now`: then it returns null and
   * holds nothing. The holder writes nothing to the database before it releases the lock.
   * @throws AuthError `dependency_unavailable`
   */
  acquire(owners: SessionOwners, now: Instant): Promise<HeldSessionLock | null>;
}
