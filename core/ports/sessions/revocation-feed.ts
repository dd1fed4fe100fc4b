import type { Revocation } from '../../domain/sessions/session.js';

export interface RevocationListener {
  /** Sessions that ended, in any process, this one included. May tell one twice. */
  ended(revocations: readonly Revocation[]): void;
  /** The feed was heard just now, with or without news: nothing announced before was missed. At least every 500 ms while it works. */
  heard(): void;
  /**
   * The feed may have missed something, which only the database knows. Told when it begins, and again right before the feed is
   * heard for the first time after it.
   */
  lost(): void;
}

/** Carries revocations to every process at once. The database stays the truth: the feed only makes it quick. */
export interface RevocationFeed {
  /** Call it after the commit. Never rejects: who follows catches up from the database. */
  announce(revocations: readonly Revocation[]): Promise<void>;

  /** Starts to listen; resolves once listening was tried for the first time. The result ends it. */
  follow(listener: RevocationListener): Promise<{ stop(): Promise<void> }>;
}
