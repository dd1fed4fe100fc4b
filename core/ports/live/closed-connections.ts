import type { SessionId } from '../../domain/ids.js';

/** Counts, over all processes, the connections that were closed because their session ended: for whoever ended it. */
export interface ClosedConnections {
  /** Adds what this process closed; it is kept for a minute. Never rejects: a count is no reason to fail. */
  add(sessionId: SessionId, count: number): Promise<void>;

  /**
   * How many were closed of these sessions, once the processes that heard of their end have had the time to close them: about half a
   * second. Null when that cannot be known.
   */
  settledCount(sessionIds: readonly SessionId[]): Promise<number | null>;
}
