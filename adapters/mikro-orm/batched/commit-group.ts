import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { SessionId } from '../../../core/domain/ids.js';
import { abortableWork } from '../../../core/domain/throw-if-aborted.js';
import type { AuditSink } from '../../../core/ports/audit/audit-sink.js';
import type { Stores } from '../../../core/ports/unit-of-work.js';
import { isContention, isUnavailable } from '../sql/driver-errors.js';

/** A unit of work that may share a transaction. */
export interface Unit {
  /** The one session whose row it changes. */
  readonly sessionId: SessionId;
  readonly signal: AbortSignal | undefined;
  readonly work: (stores: Stores) => Promise<unknown>;
  /** Enters the async context of the caller: what the work does belongs to the caller's trace, and to no other. */
  readonly inContext: <Result>(run: () => Result) => Result;
}

/** How a unit ends: with the group's transaction, or in a transaction of its own that follows. */
export type Ending =
  | { readonly kind: 'resolved'; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown }
  | { readonly kind: 'alone' | 'held_up' };

/** A transaction that a group shares. */
export interface SharedTransaction {
  readonly stores: Stores;
  /** Locks the rows of these sessions that no other transaction has locked, and returns which those are. Never waits. */
  lockFree(ids: readonly SessionId[]): Promise<ReadonlySet<SessionId>>;
}

/** Thrown to roll the transaction back, once it is known how each unit ends. */
class RolledBack extends Error {}

/** The units of work of one transaction, and how each of them ends: `commits.ts` has the table. */
export class CommitGroup {
  readonly #endings: Map<Unit, Ending>;
  /** Those whose rows are locked. */
  #members: readonly Unit[] | null = null;
  #isCommitting = false;

  constructor(units: readonly Unit[]) {
    this.#endings = new Map(units.map((unit) => [unit, { kind: 'alone' }]));
  }

  endingOf(unit: Unit): Ending {
    return this.#endings.get(unit) ?? { kind: 'alone' };
  }

  /** Everything but BEGIN and COMMIT. Rejects where the transaction is to be rolled back. */
  async run({ stores, lockFree }: SharedTransaction): Promise<void> {
    const units = [...this.#endings.keys()];
    const free = await lockFree(units.map(({ sessionId }) => sessionId));
    const members = units.filter(({ sessionId }) => free.has(sessionId));
    this.#members = members;
    for (const unit of units) if (!free.has(unit.sessionId)) this.#endings.set(unit, { kind: 'held_up' });

    const events: AuditEvent[] = [];
    const shared = { ...stores, audit: gatheringSink(events) };
    const outcomes = await Promise.allSettled(
      members.map(({ work, signal, inContext }) => inContext(() => abortableWork(work, signal)(shared))),
    );
    if (outcomes.some(({ status }) => status === 'rejected')) this.#refuse(outcomes.map(refusalIn));
    // Each learns from its own row what is wrong: where the rows of all cannot be written, all run alone.
    if (events.length > 0) await stores.audit.recordAll(events).catch(() => this.#refuse([]));
    if (members.some(({ signal }) => signal?.aborted)) this.#refuse(members.map(({ signal }) => (signal?.aborted ? givenUp : null)));
    this.#isCommitting = true;
    for (const [index, unit] of members.entries()) this.#endings.set(unit, endingIn(outcomes[index]));
  }

  /** The transaction failed. */
  fail(error: unknown): void {
    if (error instanceof RolledBack) return;
    const isLost = this.#isCommitting ? !isContention(error) : isUnavailable(error);
    for (const unit of this.#members ?? this.#endings.keys())
      this.#endings.set(unit, isLost ? { kind: 'rejected', error } : { kind: 'alone' });
  }

  /** Rolls back: of the members those reject that have a refusal of their own, the others run alone. */
  #refuse(refusals: readonly (Ending | null)[]): never {
    for (const [index, unit] of (this.#members ?? []).entries()) this.#endings.set(unit, refusals[index] ?? { kind: 'alone' });
    throw new RolledBack();
  }
}

const givenUp: Ending = { kind: 'rejected', error: new AuthError('dependency_unavailable') };

/** Null also for contention, which is no unit's own. */
const refusalIn = (outcome: PromiseSettledResult<unknown>): Ending | null =>
  outcome.status === 'rejected' && !isContention(outcome.reason) ? { kind: 'rejected', error: outcome.reason } : null;

const endingIn = (outcome: PromiseSettledResult<unknown> | undefined): Ending =>
  outcome?.status === 'fulfilled' ? { kind: 'resolved', value: outcome.value } : { kind: 'alone' };

/** Keeps the rows, which are written in one statement before the commit. Until then no unit resolves. */
const gatheringSink = (events: AuditEvent[]): AuditSink => ({
  record: async (event) => void events.push(event),
  recordAll: async (more) => void events.push(...more),
});
