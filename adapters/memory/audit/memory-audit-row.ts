import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import { instantText } from '../../../core/domain/instant-text.js';

/** Returns an event in the form in which a table stores it. */
export function auditRowOf(id: number, { occurredAt, origin, details, ...event }: AuditEvent): AuditRow {
  const { event: name, outcome, userId, sessionId, actor } = event;
  const time = instantText(occurredAt).replace('T', ' ').replace('Z', '');
  return { id, occurredAt: time, event: name, outcome, userId, sessionId, actor, ...origin, details: JSON.stringify(details) };
}
