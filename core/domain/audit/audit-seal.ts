import type { Instant } from '../instant.js';
import { type AuditRow, auditRowsText } from './audit-row.js';

/** The content of a seal, without its own hash. Hashes are SHA-256 in lower-case hexadecimal digits. */
export interface SealFacts {
  /** `rows` seals a range of rows. `pruned` records that every row up to `lastRowId` was deleted on purpose. */
  readonly kind: 'rows' | 'pruned';
  /** The range of ids, both ends included. It begins where the previous range ended, so that no row between two ranges is left out. */
  readonly firstRowId: number;
  readonly lastRowId: number;
  /** Number of rows sealed, or number of rows that existed and were to be deleted. */
  readonly rowCount: number;
  /** Hash over the rows; `noHash` for `pruned`. It represents the rows after they are deleted. */
  readonly rowsHash: string;
  /** Hash of the previous seal; `noHash` for the first. */
  readonly previousHash: string;
  readonly sealedAt: Instant;
}

/** A link of the chain: a change of any row or seal changes every later hash. */
export interface AuditSeal extends SealFacts {
  readonly hash: string;
}

/** The current end of a chain. */
export interface ChainHead {
  /** Null before the first seal. */
  readonly seal: AuditSeal | null;
  /** Id of the last row that is sealed; 0 for none. */
  readonly sealedUpTo: number;
  /** Rows up to this id were deleted on purpose; 0 for none. */
  readonly prunedUpTo: number;
}

export const noHash = '0'.repeat(64);

/** Max rows under one seal. A broken seal locates the fault this precisely. */
export const maxSealedRows = 1000;

type Sha256 = (text: string) => string;

export const rowsHashOf = (rows: readonly AuditRow[], sha256: Sha256): string => sha256(auditRowsText(rows));

export function sealHashOf(facts: SealFacts, sha256: Sha256): string {
  const { kind, firstRowId, lastRowId, rowCount, rowsHash, previousHash, sealedAt } = facts;
  return sha256(JSON.stringify([kind, firstRowId, lastRowId, rowCount, rowsHash, previousHash, sealedAt]));
}

/** Returns the next link, over the next rows after `head`, in order of id. There is at least one row. */
export function sealOver(rows: readonly AuditRow[], head: ChainHead, sealedAt: Instant, sha256: Sha256): AuditSeal {
  return sealed(
    {
      kind: 'rows',
      firstRowId: head.sealedUpTo + 1,
      lastRowId: rows.at(-1)?.id ?? head.sealedUpTo,
      rowCount: rows.length,
      rowsHash: rowsHashOf(rows, sha256),
      previousHash: head.seal?.hash ?? noHash,
      sealedAt,
    },
    sha256,
  );
}

/** Returns the link that records that rows are deleted on purpose. */
export function pruneSeal(pruned: { upTo: number; rowCount: number }, head: ChainHead, sealedAt: Instant, sha256: Sha256): AuditSeal {
  return sealed(
    {
      kind: 'pruned',
      firstRowId: head.prunedUpTo + 1,
      lastRowId: pruned.upTo,
      rowCount: pruned.rowCount,
      rowsHash: noHash,
      previousHash: head.seal?.hash ?? noHash,
      sealedAt,
    },
    sha256,
  );
}

/** Returns the head after a link was added. */
export function headAfter(seal: AuditSeal, head: ChainHead): ChainHead {
  const end = seal.lastRowId;
  return seal.kind === 'rows' ? { ...head, seal, sealedUpTo: end } : { ...head, seal, prunedUpTo: Math.max(end, head.prunedUpTo) };
}

/** The first 52 bits of a hash, which a floating-point number holds exactly: enough to recognise a head by a metric. */
export const fingerprintOf = (hash: string): number => Number.parseInt(hash.slice(0, 13), 16);

const sealed = (facts: SealFacts, sha256: Sha256): AuditSeal => ({ ...facts, hash: sealHashOf(facts, sha256) });
