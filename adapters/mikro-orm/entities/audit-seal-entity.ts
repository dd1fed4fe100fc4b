import { defineEntity, p } from '@mikro-orm/core';

/** A row of `audit_seals`. */
export const AuditSealEntity = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seals',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    kind: p.string(),
    firstRowId: p.bigint('number'),
    lastRowId: p.bigint('number'),
    rowCount: p.integer(),
    rowsHash: p.string(),
    previousHash: p.string(),
    hash: p.string(),
    /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC, on every database alike. */
    sealedAt: p.string().columnType('datetime(3)'),
  },
});
