import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';
import type { AuditGuard } from './audit-guard.js';

export interface GuardedUnitOfWorkOptions {
  readonly unitOfWork: UnitOfWork;
  readonly guard: AuditGuard;
}

/** Units of work whose rows in the audit log pass a guard. */
export class GuardedUnitOfWork implements UnitOfWork {
  readonly #unitOfWork: UnitOfWork;
  readonly #guard: AuditGuard;

  constructor({ unitOfWork, guard }: GuardedUnitOfWorkOptions) {
    this.#unitOfWork = unitOfWork;
    this.#guard = guard;
  }

  run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    return this.#unitOfWork.run((stores) => work({ ...stores, audit: this.#guarded(stores.audit) }));
  }

  #guarded(audit: Stores['audit']): Stores['audit'] {
    return {
      record: (event) => this.#guard.attempt(() => audit.record(event)),
      recordAll: (events) => this.#guard.attempt(() => audit.recordAll(events)),
    };
  }
}
