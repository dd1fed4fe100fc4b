import type { Revocation } from '../../domain/sessions/session.js';

export interface RevocationListener {
  /** Called with sessions that ended in any process, including this one. May report a session twice. */
  ended(revocations: readonly Revocation[]): void;
  /**
   * Called when the feed is known to work, with or without revocations: nothing announced before was missed. At least every 500 ms while it
   * works.
   */
  heard(): void;
  /**
   * The feed may have missed revocations, which only the database knows. Called when that starts, and again right before the first `heard`
   * after it.
   */
  lost(): void;
}

/** Delivers revocations to every process at once. The database stays the source of truth: the feed only makes it faster. */
export interface RevocationFeed {
  /** Call it after the commit. Never rejects: the subscribers catch up from the database. */
  announce(revocations: readonly Revocation[]): Promise<void>;

  /** Starts to listen. Resolves after the first attempt to listen. `stop` of the result ends it. */
  follow(listener: RevocationListener): Promise<{ stop(): Promise<void> }>;
}
