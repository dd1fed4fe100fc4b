import type { AuditEventName } from '../../domain/audit/audit-event.js';
import type { AuditRow } from '../../domain/audit/audit-row.js';
import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** Selects rows. A field that is null does not filter. */
export interface AuditFilter {
  readonly userId: UserId | null;
  readonly event: AuditEventName | null;
  /** Selects rows at or after this instant. */
  readonly since: Instant | null;
}

/** Reads the audit log for a search. Uncommitted rows are not visible. */
export interface AuditLog {
  /** Returns the newest rows, at most `limit`, in order of id. */
  newest(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]>;

  /**
   * Returns rows with an id greater than `after`, the smallest ids, at most `limit`, in order of id. The database assigns an id before the
   * row is committed: a row may still appear with a lower id than a row that was already returned.
   */
  after(after: number, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]>;
}
