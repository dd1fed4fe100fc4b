import type { Selectable } from 'kysely';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { OwnTables } from '../own-entities.js';

/** A row of `audit_logs`, as it is stored. */
export const auditRowOf = (row: Selectable<OwnTables['audit_logs']>): AuditRow => ({
  id: Number(row.id),
  occurredAt: String(row.occurred_at),
  event: row.event,
  outcome: row.outcome,
  userId: row.user_id,
  sessionId: row.session_id,
  actor: row.actor,
  ip: row.ip,
  userAgent: row.user_agent,
  requestId: row.request_id,
  details: row.details,
});
