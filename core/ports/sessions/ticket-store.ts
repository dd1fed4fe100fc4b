import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** The identity that a ticket carries: that of the access token for which it was issued. */
export interface ConnectionIdentity {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  /** When that access token expires. */
  readonly expiresAt: Instant;
}

/** Tickets that open one connection. With the content of the store, a reader cannot use a ticket and a writer cannot create one. */
export interface TicketStore {
  /** Stores a ticket for `ttlSeconds`. @throws AuthError `dependency_unavailable` */
  put(ticket: string, identity: ConnectionIdentity, ttlSeconds: number): Promise<void>;

  /**
   * Returns the identity of a ticket, once: of any number of calls, in any process, one gets it. The others get null, as for an unknown or
   * expired ticket. Returns `unverified` where the stored data was not written by a process with this application's secret; the data is
   * then deleted, too. @throws AuthError `dependency_unavailable`
   */
  take(ticket: string): Promise<ConnectionIdentity | 'unverified' | null>;
}
