import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** What a ticket stands for: the access token that it was had for. */
export interface ConnectionIdentity {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  /** When that access token ends. */
  readonly expiresAt: Instant;
}

/** Tickets that open one connection. A reader of the store cannot use what is in it, and a writer cannot make one. */
export interface TicketStore {
  /** Keeps a ticket for `ttlSeconds`. @throws AuthError `dependency_unavailable` */
  put(ticket: string, identity: ConnectionIdentity, ttlSeconds: number): Promise<void>;

  /**
   * Hands out what a ticket stands for, once: of any number of calls, in whatever processes, one gets it, the others null, as for a
   * ticket that is unknown or too old. `unverified` where something is kept for the ticket that no process with this application's secret
   * put there; it is gone then, too. @throws AuthError `dependency_unavailable`
   */
  take(ticket: string): Promise<ConnectionIdentity | 'unverified' | null>;
}
