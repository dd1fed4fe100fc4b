import { sql } from 'kysely';
import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import { judgeRotation, type RotationOutcome, type RotationVerdict, rotated } from '../../../core/domain/sessions/rotation.js';
import type { Revocation, RevocationReason, Session } from '../../../core/domain/sessions/session.js';
import type { SessionRoom } from '../../../core/domain/sessions/session-room.js';
import { throwIfAborted } from '../../../core/domain/throw-if-aborted.js';
import type { RotationRequest, SessionPage, SessionSelection, SessionStore } from '../../../core/ports/sessions/session-store.js';
import type { Db } from '../own-entities.js';
import { retryUnlessInTransaction } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';
import { listLive } from './list-live.js';
import { makeRoom } from './make-room.js';
import { pruneSessions } from './session-pruning.js';
import { revokeSelected } from './session-revocation.js';
import { rotatedColumns, sessionColumns, sessionOf, sessionRow } from './session-row.js';

/** The current token, its predecessor, the revoked session: the third look decides. */
const mostLooks = 3;

type SessionTools = Pick<StoreTools, 'db' | 'flavour' | 'statements'>;

/** Sessions as rows of `auth_sessions`. */
export class MikroOrmSessionStore implements SessionStore {
  readonly #tools: SessionTools;

  constructor(tools: SessionTools) {
    this.#tools = tools;
  }

  async open(session: Session): Promise<void> {
    const row = sessionRow(session);
    await this.#tools.statements.openSession.run(
      this.#db,
      sessionColumns.map((name) => row[name]),
    );
  }

  makeRoom(id: UserId, room: SessionRoom): Promise<readonly Revocation[]> {
    return makeRoom(this.#tools, id, room);
  }

  async find(id: SessionId): Promise<Session | null> {
    const [row] = (await this.#tools.statements.findSession.run(this.#db, [id])).rows;
    return row === undefined ? null : sessionOf(row);
  }

  /** Sessions by ids, in one statement. */
  async findMany(ids: readonly SessionId[]): Promise<ReadonlyMap<SessionId, Session>> {
    const rows = await this.#db.selectFrom('auth_sessions').selectAll().where('id', 'in', ids).execute();
    return new Map(rows.map(sessionOf).map((session) => [session.id, session]));
  }

  async listAll(id: UserId, limit: number): Promise<readonly Session[]> {
    const rows = await this.#db.selectFrom('auth_sessions').selectAll().where('user_id', '=', id).limit(limit).execute();
    return rows.map(sessionOf);
  }

  listLive(id: UserId, now: Instant, page?: SessionPage): Promise<readonly Session[]> {
    return listLive(this.#db, { id, now, page });
  }

  /**
   * Reads, judges, and writes on condition that the row is still the one that was judged; a call that comes too late judges anew.
   * Each miss means that another call has changed the session: first the token is no longer current, then the session is revoked.
   */
  rotate(request: RotationRequest): Promise<RotationOutcome> {
    return retryUnlessInTransaction(this.#db, () => this.#rotate(request));
  }

  async #rotate(request: RotationRequest): Promise<RotationOutcome> {
    const { seen, counter, now, policy, signal } = request;
    throwIfAborted(signal);
    // Of all verdicts this one finds out by itself when it is out of date.
    const isToRotate = seen !== undefined && judgeRotation(seen, counter, now, policy) === 'rotate';
    const early = isToRotate ? await this.#carryOut('rotate', seen, request) : null;
    if (early !== null) return early;
    for (let look = 1; look <= mostLooks; look += 1) {
      const session = await this.find(request.sessionId);
      throwIfAborted(signal);
      if (session === null) return { kind: 'unknown' };
      const verdict = judgeRotation(session, request.counter, request.now, request.policy);
      const outcome = await this.#carryOut(verdict, session, request);
      if (outcome !== null) return outcome;
    }
    throw new Error('a session changes under each look: the transaction does not read what is committed');
  }

  revoke(selection: SessionSelection, reason: RevocationReason, at: Instant): Promise<readonly Revocation[]> {
    return revokeSelected(this.#tools, { selection, reason, at });
  }

  async revokedSince(since: Instant): Promise<readonly Revocation[]> {
    const rows = await this.#db.selectFrom('auth_sessions').selectAll().where('revoked_at', '>=', since).execute();
    return rows
      .map(sessionOf)
      .flatMap(({ id, userId, revokedAt, revocationReason }) =>
        revokedAt === null || revocationReason === null ? [] : [{ sessionId: id, userId, revokedAt, reason: revocationReason }],
      );
  }

  prune(endedBefore: Instant, limit: number): Promise<number> {
    return pruneSessions(this.#tools, { endedBefore, limit });
  }

  get #db(): Db {
    return this.#tools.db;
  }

  /** Null when the row was changed since it was read. */
  async #carryOut(verdict: RotationVerdict, session: Session, { now, origin, policy }: RotationRequest): Promise<RotationOutcome | null> {
    switch (verdict) {
      case 'rotate':
        return this.#replace(session, rotated(session, now, origin, policy));
      case 'reuse':
        return this.#endReused(session, now);
      case 'repeat':
        return { kind: 'repeated', session };
      case 'expired':
      case 'revoked':
        return { kind: verdict, session };
      case 'unknown':
        return { kind: 'unknown' };
    }
  }

  /** Every change of a session raises its counter or revokes it: the two conditions detect every change. */
  async #replace(session: Session, next: Session): Promise<RotationOutcome | null> {
    const row = sessionRow(next);
    const values = rotatedColumns.map((name) => row[name]);
    const { numAffectedRows } = await this.#tools.statements.rotateSession.run(this.#db, [...values, session.id, session.counter]);
    return numAffectedRows === 1n ? { kind: 'rotated', session: next } : null;
  }

  /** An old token is old however far the session has moved on since: reuse ends it at any number. */
  async #endReused(session: Session, now: Instant): Promise<RotationOutcome | null> {
    const { numUpdatedRows } = await this.#db
      .updateTable('auth_sessions')
      .set({ revoked_at: now, revocation_reason: 'reuse' })
      .where('id', '=', session.id)
      // As in `rotateSession`.
      .where(sql<number>`coalesce(revoked_at, 0)`, '=', 0)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? { kind: 'reused', session: { ...session, revokedAt: now, revocationReason: 'reuse' } } : null;
  }
}
