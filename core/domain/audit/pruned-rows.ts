import type { AuditSeal } from './audit-seal.js';

/** How far rows are noted as pruned, and how far they are gone: less far while a prune runs, and after one that was interrupted. */
export interface PrunedRows {
  readonly notedUpTo: number;
  readonly goneUpTo: number;
}

/** `oldestId`: the smallest id of the rows up to `notedUpTo`; null where there is none. A prune deletes from the oldest on. */
export const prunedRowsOf = (notedUpTo: number, oldestId: number | null): PrunedRows => ({
  notedUpTo,
  goneUpTo: oldestId === null ? notedUpTo : oldestId - 1,
});

/** Whether the rows under a seal were pruned, all of them. */
export const isPruned = (seal: AuditSeal, { goneUpTo }: PrunedRows): boolean => seal.lastRowId <= goneUpTo;
