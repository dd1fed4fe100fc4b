import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { AuditGuard } from './audit-guard.js';

export interface GuardedAuditSinkOptions {
  readonly sink: AuditSink;
  readonly guard: AuditGuard;
}

/** The audit sink of a transaction, whose writes pass a guard. */
export class GuardedAuditSink implements AuditSink {
  readonly #options: GuardedAuditSinkOptions;

  constructor(options: GuardedAuditSinkOptions) {
    this.#options = options;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  /** @throws AuthError `dependency_unavailable` while the log is known to be broken; what the sink throws */
  recordAll(events: readonly AuditEvent[]): Promise<void> {
    const { sink, guard } = this.#options;
    return guard.attempt(() => sink.recordAll(events));
  }
}
