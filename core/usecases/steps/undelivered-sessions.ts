import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError, isRefusal } from '../../domain/auth-error.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import { noOrigin } from '../../domain/origin.js';
import type { Session } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';

export type UndeliveredSessionsPorts = Pick<Ports, 'unitOfWork' | 'clock' | 'logger'>;

type Opening = { readonly session: Session } | null;

/** A unit of work in progress. */
interface Unconfirmed {
  /** The session that the work has opened, once only the commit remains. */
  session: Session | null;
  readonly settled: Promise<void>;
}

interface Pending {
  readonly session: Session;
  /** The current attempt to end the session. */
  attempt: Promise<void> | null;
}

/** After an outage longer than this, in milliseconds, the session is left to its idle timeout. */
const timeoutMs = 600_000;
const maxPending = 1000;

/**
 * Ends sessions whose tokens were never sent, because the client stopped waiting before the commit was confirmed. Such a session may have
 * been opened all the same, and would stay in the user's list of devices until its idle timeout.
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
   * Calls `run` to carry out `work`, a unit of work that opens a session, for a caller that waits until `signal` aborts. When the work may
   * have committed and the caller does not get the result, the session is ended. That happens before this method rejects, while the caller
   * still waits, because the repeat may reach another process, which knows only the database row. When ending the session fails, it is
   * retried each time that another unit of work shows that the database is available again.
   * @throws any error that `run` throws; AuthError `dependency_unavailable` where the commit came too late
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
   * Waits for a user's sessions whose commit is in progress, and ends those that this process knows to be undelivered.
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
    if (session === null || !mayBeCommitted || this.#pending.size >= maxPending) return;
    const pending: Pending = { session, attempt: null };
    this.#pending.set(session.id, pending);
    await this.#end(pending);
  }

  /** Ends them one after the other, and stops at the first failure: after an outage other work needs the connections. */
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

  /** Never rejects: a session whose end failed stays pending. */
  async #attempt(session: Session): Promise<void> {
    const { clock, logger } = this.#ports;
    try {
      await this.#revoke(session);
    } catch {
      if (clock.now() - session.createdAt <= timeoutMs) return;
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

/** Resolves when `signal` has aborted; never resolves without a signal. */
const aborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
