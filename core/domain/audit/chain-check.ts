import type { AuditRow } from './audit-row.js';
import { type AuditSeal, type ChainHead, maxSealedRows, noHash, rowsHashOf, sealHashOf } from './audit-seal.js';

/** A fault of the rows under a seal, of a seal, or of its position in the chain. */
export type ChainFault = 'rows_changed' | 'rows_deleted' | 'rows_inserted' | 'seal_changed' | 'seal_missing' | 'pruned_rows_present';

type Sha256 = (text: string) => string;

/** The start of a chain. */
export const emptyChain: ChainHead = { seal: null, sealedUpTo: 0, prunedUpTo: 0 };

/** Lower than the id of any possible row. */
export const beforeAllRows = Number.MIN_SAFE_INTEGER;

/**
 * Returns null when a seal is the next link after `head`, unchanged; otherwise the fault. Does not check rows. Only sealed rows are pruned:
 * a note that goes further would hide the deletion of future rows.
 */
export function linkFault(seal: AuditSeal, head: ChainHead, sha256: Sha256): ChainFault | null {
  if (seal.previousHash !== (head.seal?.hash ?? noHash)) return 'seal_missing';
  const isPrune = seal.kind !== 'rows';
  const expectedFirst = isPrune ? head.prunedUpTo + 1 : head.sealedUpTo + 1;
  const isInOrder = seal.firstRowId === expectedFirst && seal.lastRowId >= seal.firstRowId;
  const isInReach = !isPrune || seal.lastRowId <= head.sealedUpTo;
  return isInOrder && isInReach && sealHashOf(seal, sha256) === seal.hash ? null : 'seal_changed';
}

/** The range of the rows under a seal. A read with this limit finds one surplus row. No row lies before the first range. */
export const rowsUnder = ({
  firstRowId,
  lastRowId,
}: AuditSeal): { readonly after: number; readonly upTo: number; readonly limit: number } => ({
  after: firstRowId === 1 ? beforeAllRows : firstRowId - 1,
  upTo: lastRowId,
  limit: maxSealedRows + 1,
});

/** Returns null when these rows are the rows that were sealed; otherwise the fault. */
export function rowsFault(seal: AuditSeal, rows: readonly AuditRow[], sha256: Sha256): ChainFault | null {
  if (rows.length < seal.rowCount) return 'rows_deleted';
  if (rows.length > seal.rowCount) return 'rows_inserted';
  return rowsHashOf(rows, sha256) === seal.rowsHash ? null : 'rows_changed';
}
