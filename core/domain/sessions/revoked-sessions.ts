import type { SessionId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { Revocation } from './session.js';

/** How long a view may be trusted after its last update, in milliseconds: the second within which every process must know a revocation. */
export const trustMs = 1000;
/** Max age of the last database read, in milliseconds: the feed alone cannot prove that it delivers every revocation. */
export const readTrustMs = 5000;

/**
 * One process's view of the sessions that ended recently: within the last access-token lifetime, since an older access token has expired
 * anyway. The view reports whether it can be trusted, so that a process without fresh data can refuse to judge. The age of an entry counts
 * from the time at which this process learned of it. So no instant in a message can make a revoked session valid again, or keep an entry
 * for longer.
 */
export class RevokedSessions {
  /** In the order in which this process learned of them. */
  readonly #learnedAt = new Map<SessionId, Instant>();
  #heardAt: Instant = Number.NEGATIVE_INFINITY;
  #readAt: Instant = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#learnedAt.size;
  }

  add(revocations: readonly Pick<Revocation, 'sessionId'>[], now: Instant): void {
    for (const { sessionId } of revocations) if (!this.#learnedAt.has(sessionId)) this.#learnedAt.set(sessionId, now);
  }

  has(id: SessionId): boolean {
    return this.#learnedAt.has(id);
  }

  /** The feed was complete at `now`. */
  heard(now: Instant): void {
    this.#heardAt = later(this.#heardAt, now);
  }

  /** The database was read at `now`, which makes the view complete. */
  read(now: Instant): void {
    this.#readAt = later(this.#readAt, now);
    this.heard(now);
  }

  isTrusted(now: Instant): boolean {
    return isWithin(this.#heardAt, trustMs, now) && isWithin(this.#readAt, readTrustMs, now);
  }

  /** Removes the entries that this process learned before `before`. */
  forget(before: Instant): void {
    for (const [id, learnedAt] of this.#learnedAt) {
      if (learnedAt >= before) return;
      this.#learnedAt.delete(id);
    }
  }
}

/** An instant far in the future dates from before the clock was set back. It must not extend the trust. */
const isAhead = (at: Instant, now: Instant): boolean => at > now + trustMs;

const isWithin = (at: Instant, ms: number, now: Instant): boolean => now - at <= ms && !isAhead(at, now);

/** Updates may arrive out of order. */
const later = (at: Instant, now: Instant): Instant => (isAhead(at, now) ? now : Math.max(at, now));
