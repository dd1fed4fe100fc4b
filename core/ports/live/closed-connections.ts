import type { SessionId } from '../../domain/ids.js';

/**
 * Counts, over all processes, the connections that were closed because their session ended. The caller that ended the sessions reads the
 * count.
 */
export interface ClosedConnections {
  /**
   * Adds the number of connections that this process closed. It is kept for a minute. Never rejects: a lost count must not fail the caller.
   */
  add(sessionId: SessionId, count: number): Promise<void>;

  /**
   * Returns how many connections of these sessions were closed. It waits about half a second, so that the processes that received the
   * revocation can close them. Null when the number cannot be known.
   */
  settledCount(sessionIds: readonly SessionId[]): Promise<number | null>;
}
