import type { AuditEvent } from '../../domain/audit/audit-event.js';

/** Writes the audit log. */
export interface AuditSink {
  /**
   * Durable when it resolves. Inside a unit of work it is durable when the unit of work commits.
   * @throws AuthError `dependency_unavailable` when the row cannot be written. In a server, the sink outside units of work never throws: it
   * logs and counts each row that it cannot write.
   */
  record(event: AuditEvent): Promise<void>;

  /** As `record`, in as few steps as possible. */
  recordAll(events: readonly AuditEvent[]): Promise<void>;
}
