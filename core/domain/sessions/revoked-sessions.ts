import type { SessionId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { Revocation } from './session.js';

/** How long a view may be trusted after its last news: the second within which a revocation must be known everywhere. */
export const trustMs = 1000;
/** How old the last read of the database may be: the feed alone cannot show that it withholds nothing. */
export const readTrustMs = 5000;

/**
 * One process's view of the sessions that ended lately: those of the last access-token lifetime, since an older access token has
 * expired anyway. It says how far it can be trusted, so that a blind process can refuse to judge. Entries are kept by the time at which
 * this process learned of them: no instant that a message carries brings a revoked session back, or keeps an entry for longer.
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

  /** Drops what this process learned before `before`. */
  forget(before: Instant): void {
    for (const [id, learnedAt] of this.#learnedAt) {
      if (learnedAt >= before) return;
      this.#learnedAt.delete(id);
    }
  }
}

/** An instant far ahead is of before the clock was set back: it makes no trust last longer. */
const isAhead = (at: Instant, now: Instant): boolean => at > now + trustMs;

const isWithin = (at: Instant, ms: number, now: Instant): boolean => now - at <= ms && !isAhead(at, now);

/** News may come out of order. */
const later = (at: Instant, now: Instant): Instant => (isAhead(at, now) ? now : Math.max(at, now));
