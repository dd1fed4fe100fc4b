import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError, isRefusal } from '../../domain/auth-error.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import { noOrigin } from '../../domain/origin.js';
import type { Session } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';

export type UndeliveredSessionsPorts = Pick<Ports, 'unitOfWork' | 'clock' | 'logger'>;

type Opening = { readonly session: Session } | null;

/** A unit of work that is being carried out. */
interface Unconfirmed {
  /** What it has opened, once that is only to be committed. */
  session: Session | null;
  readonly settled: Promise<void>;
}

interface Pending {
  readonly session: Session;
  /** The attempt to end it that is under way. */
  attempt: Promise<void> | null;
}

/** A database that is away for longer than this leaves the session to its idle life. */
const patienceMs = 600_000;
const mostPending = 1000;

/**
 * Ends sessions whose tokens never left: the answer was given up before the commit was confirmed. A session that was opened all the same
 * would stand among the person's devices until its idle life is over.
 */
export class UndeliveredSessions {
  readonly #ports: UndeliveredSessionsPorts;
  readonly #pending = new Map<SessionId, Pending>();
  readonly #unconfirmed = new Set<Unconfirmed>();
  #isEndingAll = false;

  constructor(ports: UndeliveredSessionsPorts) {
    this.#ports = ports;
  }

  /**
   * Has `run` carry out `work`, a unit of work that opens a session, for a caller who waits until `signal` aborts. Where it may have been
   * committed and the caller does not learn of it, the session is ended: before this rejects, as long as the caller waits, since the
   * repeat may go to another process, which finds out from the row alone. While that fails, it is ended each time that another unit of
   * work shows the database to be back.
   * @throws whatever `run` throws; AuthError `dependency_unavailable` where it was committed too late
   */
  async open<Args extends readonly unknown[], Opened extends Opening>(
    work: (...args: Args) => Promise<Opened>,
    run: (work: (...args: Args) => Promise<Opened>) => Promise<Opened>,
    signal?: AbortSignal,
  ): Promise<Opened> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const unconfirmed: Unconfirmed = { session: null, settled: promise };
    this.#unconfirmed.add(unconfirmed);
    const noted = async (...args: Args): Promise<Opened> => {
      unconfirmed.session = null; // it may run more than once
      const opened = await work(...args);
      unconfirmed.session = opened?.session ?? null;
      return opened;
    };
    try {
      const opened = await run(noted);
      void this.#endAll();
      if (signal?.aborted) throw new AuthError('dependency_unavailable');
      return opened;
    } catch (error) {
      await Promise.race([this.#endIfOpened(unconfirmed.session, error), aborted(signal)]);
      throw error;
    } finally {
      this.#unconfirmed.delete(unconfirmed);
      resolve();
    }
  }

  /**
   * Waits for the sessions of a user that are being committed, and ends what is known here to be undelivered.
   * @throws AuthError `dependency_unavailable` where that fails
   */
  async settle(id: UserId): Promise<void> {
    for (const { session, settled } of this.#unconfirmed) if (session?.userId === id) await settled;
    for (const pending of this.#pending.values()) {
      if (pending.session.userId !== id) continue;
      await pending.attempt;
      if (this.#pending.has(pending.session.id)) await this.#end(pending);
      if (this.#pending.has(pending.session.id)) throw new AuthError('dependency_unavailable');
    }
  }

  async #endIfOpened(session: Session | null, error: unknown): Promise<void> {
    const mayBeCommitted = isRefusal(error, 'dependency_unavailable');
    if (session === null || !mayBeCommitted || this.#pending.size >= mostPending) return;
    const pending: Pending = { session, attempt: null };
    this.#pending.set(session.id, pending);
    await this.#end(pending);
  }

  /** One after the other, up to one that fails: after an outage others need the connections. */
  async #endAll(): Promise<void> {
    if (this.#isEndingAll) return;
    this.#isEndingAll = true;
    for (const pending of this.#pending.values()) {
      await this.#end(pending);
      if (this.#pending.has(pending.session.id)) break;
    }
    this.#isEndingAll = false;
  }

  #end(pending: Pending): Promise<void> {
    pending.attempt ??= this.#attempt(pending.session).finally(() => {
      pending.attempt = null;
    });
    return pending.attempt;
  }

  /** Never rejects: what failed stays pending. */
  async #attempt(session: Session): Promise<void> {
    const { clock, logger } = this.#ports;
    try {
      await this.#revoke(session);
    } catch {
      if (clock.now() - session.createdAt <= patienceMs) return;
      logger.warn('a session whose tokens were never delivered was not ended', { sessionId: session.id });
    }
    this.#pending.delete(session.id);
  }

  async #revoke({ id, userId }: Session): Promise<void> {
    const { unitOfWork, clock } = this.#ports;
    await unitOfWork.run(async ({ sessions, audit }) => {
      const now = clock.now();
      const ended = await sessions.revoke({ kind: 'one', sessionId: id, userId }, 'undelivered', now);
      const about = { occurredAt: now, event: 'session_revoke', outcome: 'success', actor: 'system', origin: noOrigin } as const;
      const details = { reason: 'undelivered' };
      await audit.recordAll(ended.map((revocation) => auditEvent({ ...about, userId, sessionId: revocation.sessionId, details })));
    });
  }
}

/** Resolves once `signal` has aborted; never where there is none. */
const aborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
