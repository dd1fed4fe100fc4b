import type { AuditEventName } from '../../domain/audit/audit-event.js';
import type { AuditRow } from '../../domain/audit/audit-row.js';
import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** Which rows: what is null does not narrow. */
export interface AuditFilter {
  readonly userId: UserId | null;
  readonly event: AuditEventName | null;
  /** At or after it. */
  readonly since: Instant | null;
}

/** The audit log, for who looks something up in it. Rows that are being written are not seen before they are committed. */
export interface AuditLog {
  /** The newest rows, at most `limit`, in order of id. */
  newest(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]>;

  /**
   * Rows with an id greater than `after`, the smallest ids, at most `limit`, in order of id. Ids are handed out before rows are
   * committed: a row may still appear below one that was seen.
   */
  after(after: number, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]>;
}
