import type { SessionId } from './ids.js';
import type { Instant } from './instant.js';
import type { Revocation } from './session.js';

/** How long a view may be trusted after its last news: the second within which a revocation must be known everywhere. */
export const trustMs = 1000;

/**
 * One process's view of the sessions that ended lately: those of the last access-token lifetime, since an older access token has
 * expired anyway. It says how far it can be trusted, so that a blind process can refuse to judge.
 */
export class RevokedSessions {
  readonly #revokedAt = new Map<SessionId, Instant>();
  #heardAt: Instant = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#revokedAt.size;
  }

  add(revocations: readonly Revocation[]): void {
    for (const { sessionId, revokedAt } of revocations) this.#revokedAt.set(sessionId, revokedAt);
  }

  has(id: SessionId): boolean {
    return this.#revokedAt.has(id);
  }

  /** The view was complete at `now`. */
  heard(now: Instant): void {
    this.#heardAt = Math.max(this.#heardAt, now);
  }

  isTrusted(now: Instant): boolean {
    return now - this.#heardAt <= trustMs;
  }

  /** Lets go of what ended before `before`; insertion order is close enough to time to stop at the first that is younger. */
  forget(before: Instant): void {
    for (const [id, revokedAt] of this.#revokedAt) {
      if (revokedAt >= before) return;
      this.#revokedAt.delete(id);
    }
  }
}
