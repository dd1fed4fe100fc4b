import type { AuditRow } from './audit-row.js';
import { type AuditSeal, type ChainHead, maxSealedRows, noHash, rowsHashOf, sealHashOf } from './audit-seal.js';

/** What is wrong with the rows under a seal, with a seal, or with its place in the chain. */
export type ChainFault = 'rows_changed' | 'rows_deleted' | 'rows_inserted' | 'seal_changed' | 'seal_missing' | 'pruned_rows_present';

type Sha256 = (text: string) => string;

/** Where a chain begins. */
export const emptyChain: ChainHead = { seal: null, sealedUpTo: 0, prunedUpTo: 0 };

/** Less than the id of every row that can be. */
export const beforeAllRows = Number.MIN_SAFE_INTEGER;

/**
 * Whether a seal is the next link after `head`, as it was made; null when it is. Says nothing of rows. Only rows that are sealed are
 * pruned: a note that goes further would cover the deletion of rows that are still to come.
 */
export function linkFault(seal: AuditSeal, head: ChainHead, sha256: Sha256): ChainFault | null {
  if (seal.previousHash !== (head.seal?.hash ?? noHash)) return 'seal_missing';
  const isPrune = seal.kind !== 'rows';
  const expectedFirst = isPrune ? head.prunedUpTo + 1 : head.sealedUpTo + 1;
  const isInOrder = seal.firstRowId === expectedFirst && seal.lastRowId >= seal.firstRowId;
  const isInReach = !isPrune || seal.lastRowId <= head.sealedUpTo;
  return isInOrder && isInReach && sealHashOf(seal, sha256) === seal.hash ? null : 'seal_changed';
}

/** Where the rows under a seal lie. Read with this limit, one row too many is found. Nothing lies before the first range. */
export const rowsUnder = ({
  firstRowId,
  lastRowId,
}: AuditSeal): { readonly after: number; readonly upTo: number; readonly limit: number } => ({
  after: firstRowId === 1 ? beforeAllRows : firstRowId - 1,
  upTo: lastRowId,
  limit: maxSealedRows + 1,
});

/** Whether these rows are those that were sealed; null when they are. */
export function rowsFault(seal: AuditSeal, rows: readonly AuditRow[], sha256: Sha256): ChainFault | null {
  if (rows.length < seal.rowCount) return 'rows_deleted';
  if (rows.length > seal.rowCount) return 'rows_inserted';
  return rowsHashOf(rows, sha256) === seal.rowsHash ? null : 'rows_changed';
}
