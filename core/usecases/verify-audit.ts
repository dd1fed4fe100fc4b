import { type ChainHead, fingerprintOf, headAfter, maxSealedRows } from '../domain/audit-seal.js';
import { type ChainFault, emptyChain, linkFault, rowsFault } from '../domain/chain-check.js';
import type { StoredSeal } from '../ports/audit-seals.js';
import type { Ports } from '../ports/ports.js';

/** A head that was noted elsewhere: the chain must go through it. */
export interface VerifyAuditInput {
  /** Its fingerprint, as the metrics show it. With days of computing a forged chain can be made to have it too. */
  readonly fingerprint?: number | null;
  /** Its whole hash, in lower-case hexadecimal digits: no forged chain has it. */
  readonly hash?: string | null;
}

/** The first thing found wrong. */
export interface BrokenSeal {
  readonly fault: ChainFault | 'head_missing';
  /** Null where no seal is to blame. */
  readonly sealId: number | null;
  /** The range of row ids that it is about; null where it is about none. */
  readonly range: { readonly firstRowId: number; readonly lastRowId: number } | null;
}

export interface AuditVerdict {
  readonly broken: BrokenSeal | null;
  /** What was found right before that. */
  readonly seals: number;
  readonly rows: number;
  readonly head: ChainHead;
}

export type VerifyAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest'>;

const sealsAtOnce = 200;
/** Before every row that can be. */
const beforeAll = Number.MIN_SAFE_INTEGER;

/**
 * Computes the whole chain anew and stops at the first row or seal that is not what it was. Finds what was changed, deleted, inserted
 * or swapped under a seal; rows younger than the last seal are not covered yet. Whoever can rewrite rows and every seal after them
 * is found out by a hash kept elsewhere. Uses the same memory for any number of rows.
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
      isFingerprintDue: fingerprint !== null,
      isHashDue: hash !== null,
    };
    const { prunedUpTo } = await this.#ports.auditSeals.head();
    for (let after = 0; walk.broken === null; ) {
      const page = await this.#ports.auditSeals.list({ after, limit: sealsAtOnce });
      for (const seal of page) {
        walk.broken = await this.#judge(seal, walk, prunedUpTo);
        if (walk.broken !== null) break;
        walk.head = headAfter(seal, walk.head);
        walk.seals += 1;
        walk.isFingerprintDue &&= fingerprintOf(seal.hash) !== fingerprint;
        walk.isHashDue &&= seal.hash !== hash;
        after = seal.id;
      }
      if (page.length < sealsAtOnce) break;
    }
    walk.broken ??= (await this.#leftovers(prunedUpTo)) ?? missingHead(walk);
    return { broken: walk.broken, seals: walk.seals, rows: walk.rows, head: walk.head };
  }

  async #judge(seal: StoredSeal, walk: Walk, prunedUpTo: number): Promise<BrokenSeal | null> {
    const sha256 = (text: string) => this.#ports.digest.sha256(text);
    const { id: sealId, firstRowId, lastRowId } = seal;
    const broken = (fault: ChainFault): BrokenSeal => ({ fault, sealId, range: { firstRowId, lastRowId } });
    const link = linkFault(seal, walk.head, sha256);
    if (link !== null) return broken(link);
    if (seal.kind === 'pruned' || lastRowId <= prunedUpTo) return null;
    const after = walk.head.sealedUpTo === 0 ? beforeAll : walk.head.sealedUpTo;
    const rows = await this.#ports.auditTrail.rows({ after, upTo: lastRowId, limit: maxSealedRows + 1 });
    walk.rows += rows.length;
    const fault = rowsFault(seal, rows, sha256);
    if (fault === null || (await this.#wasPrunedMeanwhile(lastRowId))) return null;
    return broken(fault);
  }

  async #wasPrunedMeanwhile(lastRowId: number): Promise<boolean> {
    return lastRowId <= (await this.#ports.auditSeals.head()).prunedUpTo;
  }

  /** What was deleted on purpose must be gone: a row there is one that nothing vouches for. */
  async #leftovers(prunedUpTo: number): Promise<BrokenSeal | null> {
    if (prunedUpTo === 0) return null;
    const [row] = await this.#ports.auditTrail.rows({ after: beforeAll, upTo: prunedUpTo, limit: 1 });
    return row === undefined ? null : { fault: 'pruned_rows_present', sealId: null, range: { firstRowId: row.id, lastRowId: prunedUpTo } };
  }
}

const missingHead = ({ isFingerprintDue, isHashDue }: Walk): BrokenSeal | null =>
  isFingerprintDue || isHashDue ? { fault: 'head_missing', sealId: null, range: null } : null;

interface Walk {
  head: ChainHead;
  seals: number;
  rows: number;
  broken: BrokenSeal | null;
  /** Expected, and not met yet. */
  isFingerprintDue: boolean;
  isHashDue: boolean;
}
