import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';
import type { AuditGuard } from './audit-guard.js';
import { GroupedAuditSink } from './grouped-audit-sink.js';

export interface GuardedUnitOfWorkOptions {
  readonly unitOfWork: UnitOfWork;
  readonly guard: AuditGuard;
}

/** Units of work whose rows in the audit log pass a guard; together, where they share a transaction. */
export class GuardedUnitOfWork implements UnitOfWork {
  readonly #unitOfWork: UnitOfWork;
  readonly #guard: AuditGuard;
  readonly #sinks = new WeakMap<AuditSink, AuditSink>();

  constructor({ unitOfWork, guard }: GuardedUnitOfWorkOptions) {
    this.#unitOfWork = unitOfWork;
    this.#guard = guard;
  }

  run<Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions): Promise<Result> {
    return this.#unitOfWork.run((stores) => work({ ...stores, audit: this.#guarded(stores.audit) }), options);
  }

  /** One for all that is given the same sink. */
  #guarded(audit: AuditSink): AuditSink {
    const known = this.#sinks.get(audit);
    if (known !== undefined) return known;
    const guarded: AuditSink = {
      record: (event) => this.#guard.attempt(() => audit.record(event)),
      recordAll: (events) => this.#guard.attempt(() => audit.recordAll(events)),
    };
    const sink = new GroupedAuditSink({ sink: guarded });
    this.#sinks.set(audit, sink);
    return sink;
  }
}
