import type { AuditSeal } from './audit-seal.js';

/**
 * Up to which id rows are noted as pruned, and up to which they are deleted. The second is lower while a prune runs, and after an
 * interrupted one.
 */
export interface PrunedRows {
  readonly notedUpTo: number;
  readonly goneUpTo: number;
}

/** `oldestId`: the smallest id of the rows up to `notedUpTo`; null where there is none. A prune deletes the oldest rows first. */
export const prunedRowsOf = (notedUpTo: number, oldestId: number | null): PrunedRows => ({
  notedUpTo,
  goneUpTo: oldestId === null ? notedUpTo : oldestId - 1,
});

/** Returns whether all rows under a seal were pruned. */
export const isPruned = (seal: AuditSeal, { goneUpTo }: PrunedRows): boolean => seal.lastRowId <= goneUpTo;
