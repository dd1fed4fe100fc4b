import type { AuditEvent } from '../domain/audit-event.js';

/** The audit log. */
export interface AuditSink {
  /** Durable when it resolves; inside a unit of work, durable with it. */
  record(event: AuditEvent): Promise<void>;
}
