import type { AuditEvent } from '../../domain/audit/audit-event.js';

/** The audit log. */
export interface AuditSink {
  /**
   * Durable when it resolves; inside a unit of work, durable with it.
   * @throws AuthError `dependency_unavailable` when the row cannot be written. The sink outside units of work never throws in a
   * server: what it cannot write goes to the log and is counted.
   */
  record(event: AuditEvent): Promise<void>;

  /** As `record`, in as few steps as possible. */
  recordAll(events: readonly AuditEvent[]): Promise<void>;
}
