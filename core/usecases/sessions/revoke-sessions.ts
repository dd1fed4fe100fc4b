import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import { parseSessionId, userId } from '../../domain/ids.js';
import { noOrigin } from '../../domain/origin.js';
import type { Revocation } from '../../domain/sessions/session.js';
import { tidyLine } from '../../domain/text.js';
import type { Ports } from '../../ports/ports.js';
import type { HeldSessionLock, SessionOwners } from '../../ports/sessions/session-lock.js';
import type { SessionSelection } from '../../ports/sessions/session-store.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type AccountSelector, findAccount } from '../steps/find-account.js';

export interface RevokeSessionsInput {
  /** The sessions of one account, one session by its id as it was typed, or all sessions. */
  readonly which: AccountSelector | { readonly kind: 'session'; readonly id: string } | { readonly kind: 'all' };
  /** The operator's own text, for the audit log. */
  readonly reason: string | null;
  /** The person or tool that revokes, as the audit log names it. */
  readonly actor: string;
}

export interface SessionsRevoked {
  readonly sessionsEnded: number;
  /** Number of users whose sessions ended. */
  readonly usersAffected: number;
  /** Number of sockets that closed as a result, in all processes; null where that is not known. */
  readonly connectionsClosed: number | null;
  /**
   * Prevents new sessions until the caller has reported the result and releases it. Null where no lock is needed, and where users kept
   * signing in: then the sessions opened in the last milliseconds may be left.
   */
  readonly lock: HeldSessionLock | null;
  readonly isComplete: boolean;
}

export type RevokeSessionsPorts = AnnounceRevocationsPorts &
  Pick<Ports, 'users' | 'sessions' | 'sessionLock' | 'closedConnections' | 'unitOfWork' | 'clock'>;

/** Max sessions ended in one transaction: few enough that other transactions do not wait for it. */
const batchSize = 500;
const maxPasses = 25;

/**
 * Ends sessions for an admin. It ends every session that was opened or refreshed before it returned, also by requests that ran at the same
 * time: it repeats until none is left, and then holds the lock. Each transaction writes an audit row for each session that it ended.
 * @throws AuthError `not_found` for an account or session that does not exist; `precondition_failed` as `findAccount` does;
 * `dependency_unavailable`
 */
export class RevokeSessions {
  readonly #ports: RevokeSessionsPorts;

  constructor(ports: RevokeSessionsPorts) {
    this.#ports = ports;
  }

  async execute(input: RevokeSessionsInput): Promise<SessionsRevoked> {
    const selection = await this.#selectionOf(input.which);
    const { sessionLock, clock } = this.#ports;
    let ended: readonly Revocation[] = [];
    for (let pass = 1; pass <= maxPasses; pass += 1) {
      ended = [...ended, ...(await this.#pass(selection, input, pass === 1))];
      if (selection.kind === 'one')
        return reportOf(ended, { connectionsClosed: await this.#closedOf(ended), lock: null, isComplete: true });
      const [connectionsClosed, lock] = await Promise.all([this.#closedOf(ended), sessionLock.acquire(ownersOf(selection), clock.now())]);
      if (lock !== null) return reportOf(ended, { connectionsClosed, lock, isComplete: true });
    }
    return reportOf(ended, { connectionsClosed: await this.#closedOf(ended), lock: null, isComplete: false });
  }

  #closedOf(ended: readonly Revocation[]): Promise<number | null> {
    return this.#ports.closedConnections.settledCount(ended.map(({ sessionId }) => sessionId));
  }

  async #selectionOf(which: RevokeSessionsInput['which']): Promise<SessionSelection> {
    const { users, sessions, clock } = this.#ports;
    if (which.kind === 'all') return { kind: 'all' };
    if (which.kind === 'session') {
      const sessionId = parseSessionId(which.id.trim().toLowerCase());
      if (sessionId === null || (await sessions.find(sessionId)) === null) throw unknownSession();
      return { kind: 'one', sessionId };
    }
    // An account that another application deleted may have left sessions.
    const orphan = which.kind === 'id' ? userId(which.id) : null;
    if (orphan !== null && (await sessions.listLive(orphan, clock.now())).length > 0) return { kind: 'of_user', userId: orphan };
    return { kind: 'of_user', userId: (await findAccount(which, users)).id };
  }

  /** Ends the live sessions, batch by batch, and announces each batch at once. */
  async #pass(selection: SessionSelection, input: RevokeSessionsInput, isFirst: boolean): Promise<readonly Revocation[]> {
    const all: Revocation[] = [];
    for (;;) {
      const last = all.at(-1);
      const batch = selection.kind === 'all' ? { ...selection, limit: batchSize, ...(last && { after: last.sessionId }) } : selection;
      const ended = await this.#end(batch, input, isFirst && last === undefined);
      await announceRevocations(ended, this.#ports);
      all.push(...ended);
      if (selection.kind !== 'all' || ended.length < batchSize) return all;
    }
  }

  #end(selection: SessionSelection, { reason, actor, which }: RevokeSessionsInput, isNoted: boolean): Promise<readonly Revocation[]> {
    const scope = which.kind === 'all' || which.kind === 'session' ? which.kind : 'user';
    const details = { scope, reason: tidyLine(reason, 200) };
    return this.#ports.unitOfWork.run(async (stores) => {
      const now = this.#ports.clock.now();
      const about = { occurredAt: now, event: 'token_revoke', outcome: 'success', actor, origin: noOrigin } as const;
      const ended = await stores.sessions.revoke(selection, 'admin', now);
      const rows = ended.map((revocation) => auditEvent({ ...about, userId: revocation.userId, sessionId: revocation.sessionId, details }));
      const nothing = auditEvent({ ...about, ...subjectOf(selection), details: { ...details, sessions_ended: 0 } });
      if (rows.length > 0 || isNoted) await stores.audit.recordAll(rows.length > 0 ? rows : [nothing]);
      return ended;
    });
  }
}

type End = Omit<SessionsRevoked, 'sessionsEnded' | 'usersAffected'>;

function reportOf(ended: readonly Revocation[], end: End): SessionsRevoked {
  return { sessionsEnded: ended.length, usersAffected: new Set(ended.map(({ userId: id }) => id)).size, ...end };
}

const unknownSession = () => new AuthError('not_found', { cause: new Error('no session has this id') });

const ownersOf = (selection: SessionSelection): SessionOwners =>
  selection.kind === 'of_user' ? { kind: 'of_user', userId: selection.userId } : { kind: 'all' };

function subjectOf(selection: SessionSelection) {
  if (selection.kind === 'one') return { sessionId: selection.sessionId };
  return selection.kind === 'of_user' ? { userId: selection.userId } : {};
}
