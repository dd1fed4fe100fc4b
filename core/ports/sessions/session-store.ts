import type { SessionId, UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';
import type { Origin } from '../../domain/origin.js';
import type { RotationOutcome } from '../../domain/sessions/rotation.js';
import type { Revocation, RevocationReason, Session, SessionPolicy } from '../../domain/sessions/session.js';
import type { SessionRoom } from '../../domain/sessions/session-room.js';

export interface RotationRequest {
  readonly sessionId: SessionId;
  /** Number of the refresh token presented. */
  readonly counter: number;
  readonly now: Instant;
  readonly origin: Origin;
  readonly policy: SessionPolicy;
  /** The session as it was read a moment ago, where it was: spares a look. That it may have changed since is found out. */
  readonly seen?: Session;
  /** Aborted once nobody waits for the answer: nothing more is judged then, since whoever asked may have gone on in the meantime. */
  readonly signal?: AbortSignal;
}

/** Which sessions to end. */
export type SessionSelection =
  | { readonly kind: 'one'; readonly sessionId: SessionId; readonly userId?: UserId }
  | { readonly kind: 'of_user'; readonly userId: UserId; readonly except?: SessionId }
  /** With `limit` at most so many, those with the smallest ids, and with `after` none up to that one: for going on in batches. */
  | { readonly kind: 'all'; readonly after?: SessionId; readonly limit?: number };

/** Where a list of sessions goes on: behind the session that was here when the page before was read, which may have ended since. */
export interface SessionPosition {
  readonly lastSeenAt: Instant;
  readonly id: SessionId;
}

export interface SessionPage {
  readonly after: SessionPosition | null;
  readonly limit: number;
}

/** Sessions: the truth about what is signed in. Nothing in it lets its reader forge a token. */
export interface SessionStore {
  open(session: Session): Promise<void>;

  /**
   * Makes room for one more session of a user, by `displaced`: deletes what ended long ago, ends what was used longest ago with the
   * reason `session_limit`, and returns what this call ended. Within the unit of work that then opens the session.
   */
  makeRoom(id: UserId, room: SessionRoom): Promise<readonly Revocation[]>;

  find(id: SessionId): Promise<Session | null>;

  /** Sessions of a user, ended ones included, in no order; at most `limit`. */
  listAll(id: UserId, limit: number): Promise<readonly Session[]>;

  /**
   * Sessions of a user that are live at `now`, the one used last first; of those used in one millisecond, the one with the greater id.
   * With a page at most so many, and none up to `after`: sessions that are opened meanwhile move none from one page to another.
   */
  listLive(id: UserId, now: Instant, page?: SessionPage): Promise<readonly Session[]>;

  /**
   * Judges a presented refresh token by `judgeRotation` and carries the verdict out, in one atomic step: of any number of calls
   * with one token, in whatever processes, one is `rotated`. Reuse revokes the session before it is answered (RFC 9700 §4.14.2).
   * @throws AuthError `dependency_unavailable` when nobody waits any more
   */
  rotate(request: RotationRequest): Promise<RotationOutcome>;

  /** Ends what is selected and live at `at`, and returns in order of id what this call ended: what was over before is not in it. */
  revoke(selection: SessionSelection, reason: RevocationReason, at: Instant): Promise<readonly Revocation[]>;

  /** Every revocation at or after `since`, in no order. */
  revokedSince(since: Instant): Promise<readonly Revocation[]>;

  /** Deletes at most `limit` sessions that expired or were revoked before `endedBefore`; returns how many. Never waits for a lock on others. */
  prune(endedBefore: Instant, limit: number): Promise<number>;
}
