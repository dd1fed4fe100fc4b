import { defineEntity, p } from '@mikro-orm/core';

/** A row of `audit_logs`. */
export const AuditLog = defineEntity({
  name: 'AuditLog',
  tableName: 'audit_logs',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC, on every database alike. */
    occurredAt: p.string().columnType('datetime(3)'),
    event: p.string(),
    outcome: p.string(),
    userId: p.string().nullable(),
    sessionId: p.string().nullable(),
    actor: p.string(),
    ip: p.string().nullable(),
    userAgent: p.string().nullable(),
    requestId: p.string().nullable(),
    /** A JSON object as text. */
    details: p.text(),
  },
});
