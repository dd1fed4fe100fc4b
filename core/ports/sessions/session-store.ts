import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';
import type { Origin } from '../../domain/origin.js';
import type { RotationOutcome } from '../../domain/sessions/rotation.js';
import type { Revocation, RevocationReason, Session, SessionPolicy } from '../../domain/sessions/session.js';
import type { SessionRoom } from '../../domain/sessions/session-room.js';

export interface RotationRequest {
  readonly sessionId: SessionId;
  /** Number of the refresh token that was presented. */
  readonly counter: number;
  readonly now: Instant;
  readonly origin: Origin;
  readonly policy: SessionPolicy;
  /** The session as it was just read, where the caller has read it: saves a query. The store detects a change since that read. */
  readonly seen?: Session;
  /**
   * Aborted when the caller no longer waits for the response. Then the token is not judged: the client may have refreshed again meanwhile.
   */
  readonly signal?: AbortSignal;
}

/** The sessions to end. */
export type SessionSelection =
  | { readonly kind: 'one'; readonly sessionId: SessionId; readonly userId?: UserId }
  | { readonly kind: 'of_user'; readonly userId: UserId; readonly except?: SessionId }
  /** `limit`: at most this many, those with the smallest ids. `after`: only ids greater than this one. Both are for batches. */
  | { readonly kind: 'all'; readonly after?: SessionId; readonly limit?: number };

/**
 * Where a list of sessions continues: after the session that was at this position when the previous page was read. That session may have
 * ended since.
 */
export interface SessionPosition {
  readonly lastSeenAt: Instant;
  readonly id: SessionId;
}

export interface SessionPage {
  readonly after: SessionPosition | null;
  readonly limit: number;
}

/** Sessions: the source of truth about sign-ins. A reader of the store cannot forge a token with its content. */
export interface SessionStore {
  open(session: Session): Promise<void>;

  /**
   * Makes room for one more session of a user, by `displaced`: deletes sessions that ended long ago, ends the least recently used ones with
   * the reason `session_limit`, and returns the sessions that this call ended. Runs within the unit of work that then opens the session.
   */
  makeRoom(id: UserId, room: SessionRoom): Promise<readonly Revocation[]>;

  find(id: SessionId): Promise<Session | null>;

  /** Returns a user's sessions, ended ones included, in no order; at most `limit`. */
  listAll(id: UserId, limit: number): Promise<readonly Session[]>;

  /**
   * Returns a user's sessions that are live at `now`, the most recently used first; of those used in the same millisecond, the one with the
   * greater id first. A page limits the number, and starts after `after`: sessions that are opened meanwhile move none from one page to
   * another.
   */
  listLive(id: UserId, now: Instant, page?: SessionPage): Promise<readonly Session[]>;

  /**
   * Judges a presented refresh token by `judgeRotation` and carries out the verdict, in one atomic step: of any number of calls with one
   * token, in any process, one is `rotated`. Reuse revokes the session before the method resolves (RFC 9700 §4.14.2).
   * @throws AuthError `dependency_unavailable` when the caller no longer waits
   */
  rotate(request: RotationRequest): Promise<RotationOutcome>;

  /**
   * Ends the selected sessions that are live at `at`. Returns, in order of id, the sessions that this call ended, without those that had
   * already ended.
   */
  revoke(selection: SessionSelection, reason: RevocationReason, at: Instant): Promise<readonly Revocation[]>;

  /** Every revocation at or after `since`, in no order. */
  revokedSince(since: Instant): Promise<readonly Revocation[]>;

  /**
   * Deletes at most `limit` sessions that expired or were revoked before `endedBefore`; returns the number. Never waits for another
   * transaction's lock.
   */
  prune(endedBefore: Instant, limit: number): Promise<number>;
}
