import { type ChainHead, fingerprintOf, headAfter } from '../../domain/audit/audit-seal.js';
import { type ChainFault, emptyChain, linkFault, rowsFault, rowsUnder } from '../../domain/audit/chain-check.js';
import { isPruned, type PrunedRows } from '../../domain/audit/pruned-rows.js';
import type { StoredSeal } from '../../ports/audit/audit-seals.js';
import type { Ports } from '../../ports/ports.js';
import { findPrunedRows } from './find-pruned-rows.js';

/** A chain head that was noted outside the database. The chain must contain it. */
export interface VerifyAuditInput {
  /** Its fingerprint, as the metrics show it. With days of computing, an attacker can forge a chain with the same fingerprint. */
  readonly fingerprint?: number | null;
  /** Its whole hash, in lower-case hexadecimal digits. A forged chain cannot have it. */
  readonly hash?: string | null;
}

interface RowRange {
  readonly firstRowId: number;
  readonly lastRowId: number;
}

/** The first error found. */
export interface BrokenSeal {
  readonly fault: ChainFault | 'head_missing';
  /** Null where the error belongs to no seal. */
  readonly sealId: number | null;
  /** The range of row ids that the error concerns; null where it concerns none. */
  readonly range: RowRange | null;
}

export interface AuditVerdict {
  readonly broken: BrokenSeal | null;
  /**
   * The range of rows that are noted as pruned but still exist as they were sealed: a prune is running or was interrupted. Null for none.
   */
  readonly unfinishedPrune: RowRange | null;
  /** Number of seals that verified before the error, or in total. */
  readonly seals: number;
  readonly rows: number;
  readonly head: ChainHead;
}

export type VerifyAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest'>;

const sealsAtOnce = 200;

/**
 * Computes the whole chain again and stops at the first row or seal that differs. It finds rows that were changed, deleted, inserted or
 * swapped under a seal. It does not cover rows younger than the last seal. With a hash that was kept elsewhere, it also finds a chain whose
 * end was cut off or rebuilt. It may run beside a prune, which deletes whole ranges, the oldest first: a range that the prune has noted
 * either exists as it was sealed, or is deleted together with everything before it. Its memory use does not depend on the number of rows.
 * @throws AuthError `dependency_unavailable`
 */
export class VerifyAudit {
  readonly #ports: VerifyAuditPorts;

  constructor(ports: VerifyAuditPorts) {
    this.#ports = ports;
  }

  async execute({ fingerprint = null, hash = null }: VerifyAuditInput = {}): Promise<AuditVerdict> {
    const walk: Walk = {
      head: emptyChain,
      seals: 0,
      rows: 0,
      broken: null,
      pruned: await findPrunedRows(this.#ports),
      isFingerprintDue: fingerprint !== null,
      isHashDue: hash !== null,
    };
    for (let after = 0; walk.broken === null; ) {
      const page = await this.#ports.auditSeals.list({ after, limit: sealsAtOnce });
      for (const seal of page) {
        walk.broken = await this.#judge(seal, walk);
        if (walk.broken !== null) break;
        walk.head = headAfter(seal, walk.head);
        walk.seals += 1;
        walk.isFingerprintDue &&= fingerprintOf(seal.hash) !== fingerprint;
        walk.isHashDue &&= seal.hash !== hash;
        after = seal.id;
      }
      // Only an empty page is the end: the walk must also read a note that was added while it judged a shorter page.
      if (page.length === 0) break;
    }
    const left = await findPrunedRows(this.#ports);
    const broken = walk.broken ?? missingNote(walk) ?? returnedRows(walk, left) ?? missingHead(walk);
    return {
      broken,
      unfinishedPrune: broken === null ? unfinishedPrune(walk, left) : null,
      seals: walk.seals,
      rows: walk.rows,
      head: walk.head,
    };
  }

  async #judge(seal: StoredSeal, walk: Walk): Promise<BrokenSeal | null> {
    const sha256 = (text: string) => this.#ports.digest.sha256(text);
    const { id: sealId, firstRowId, lastRowId } = seal;
    const broken = (fault: ChainFault): BrokenSeal => ({ fault, sealId, range: { firstRowId, lastRowId } });
    const link = linkFault(seal, walk.head, sha256);
    if (link !== null) return broken(link);
    if (seal.kind === 'pruned' || isPruned(seal, walk.pruned)) return null;
    const rows = await this.#ports.auditTrail.rows(rowsUnder(seal));
    const fault = rowsFault(seal, rows, sha256);
    if (fault === null) {
      walk.rows += rows.length;
      return null;
    }
    walk.pruned = await findPrunedRows(this.#ports);
    if (isPruned(seal, walk.pruned)) return null;
    const isPart = fault === 'rows_deleted' && rows.length > 0 && lastRowId <= walk.pruned.notedUpTo;
    return broken(isPart ? 'pruned_rows_present' : fault);
  }
}

/** A note about pruned rows counts only as part of the chain. */
const missingNote = ({ head, pruned }: Walk): BrokenSeal | null =>
  pruned.notedUpTo <= head.prunedUpTo
    ? null
    : { fault: 'seal_missing', sealId: null, range: { firstRowId: head.prunedUpTo + 1, lastRowId: pruned.notedUpTo } };

/** Deleted rows never come back. So a row in a deleted range is a row that no seal covers. */
const returnedRows = ({ pruned }: Walk, left: PrunedRows): BrokenSeal | null =>
  left.goneUpTo >= pruned.goneUpTo
    ? null
    : { fault: 'pruned_rows_present', sealId: null, range: { firstRowId: left.goneUpTo + 1, lastRowId: pruned.goneUpTo } };

const unfinishedPrune = ({ head }: Walk, { goneUpTo }: PrunedRows): RowRange | null =>
  goneUpTo >= head.prunedUpTo ? null : { firstRowId: goneUpTo + 1, lastRowId: head.prunedUpTo };

const missingHead = ({ isFingerprintDue, isHashDue }: Walk): BrokenSeal | null =>
  isFingerprintDue || isHashDue ? { fault: 'head_missing', sealId: null, range: null } : null;

interface Walk {
  head: ChainHead;
  seals: number;
  rows: number;
  broken: BrokenSeal | null;
  /** The note about pruned rows, as read when a range was last found missing. */
  pruned: PrunedRows;
  /** True while the expected fingerprint has not been found yet. */
  isFingerprintDue: boolean;
  isHashDue: boolean;
}
