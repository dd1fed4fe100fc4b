import { type ChainHead, maxSealedRows, pruneSeal } from '../domain/audit-seal.js';
import { rowsFault } from '../domain/chain-check.js';
import type { Instant } from '../domain/instant.js';
import { instantText } from '../domain/instant-text.js';
import type { StoredSeal } from '../ports/audit-seals.js';
import type { Ports } from '../ports/ports.js';

export interface PruneAuditInput {
  /** Ranges of which every row is older go. */
  readonly before: Instant;
}

export interface AuditPruning {
  /** Rows deleted by this call. */
  readonly deleted: number;
  /** Id up to which rows are gone; 0 for none. */
  readonly prunedUpTo: number;
  /** Number of the seal at which it stopped, since the rows under it are not those that were sealed; null for none. */
  readonly brokenSealId: number | null;
}

export type PruneAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest' | 'clock'>;

const sealsAtOnce = 200;
const rowsAtOnce = 1000;

/**
 * Deletes the oldest sealed ranges and keeps their seals, so that the rest still verifies. Only what verifies is deleted: broken ranges
 * are evidence. The deletion is noted in the chain before it is done; one that was interrupted is finished by the next call.
 * @throws AuthError `dependency_unavailable`
 */
export class PruneAudit {
  readonly #ports: PruneAuditPorts;

  constructor(ports: PruneAuditPorts) {
    this.#ports = ports;
  }

  async execute({ before }: PruneAuditInput): Promise<AuditPruning> {
    const prunable = await this.#prunable(before);
    const prunedUpTo = await this.#note(prunable);
    let deleted = 0;
    while (prunedUpTo > 0) {
      const count = await this.#ports.auditTrail.deleteUpTo(prunedUpTo, rowsAtOnce);
      deleted += count;
      if (count < rowsAtOnce) break;
    }
    return { deleted, prunedUpTo, brokenSealId: prunable.brokenSealId };
  }

  /** How far the ranges go that are old enough and as they were sealed. */
  async #prunable(before: Instant): Promise<Prunable> {
    const found: Prunable = { upTo: 0, rowCount: 0, brokenSealId: null };
    const { prunedUpTo } = await this.#ports.auditSeals.head();
    for (let after = 0; ; ) {
      const page = await this.#ports.auditSeals.list({ after, limit: sealsAtOnce });
      for (const seal of page) {
        after = seal.id;
        if (seal.kind === 'pruned' || seal.lastRowId <= prunedUpTo) continue;
        if (!(await this.#takes(seal, before, found))) return found;
      }
      if (page.length < sealsAtOnce) return found;
    }
  }

  async #takes(seal: StoredSeal, before: Instant, found: Prunable): Promise<boolean> {
    const { auditTrail, digest } = this.#ports;
    const rows = await auditTrail.rows({ after: seal.firstRowId - 1, upTo: seal.lastRowId, limit: maxSealedRows + 1 });
    const isBroken = rowsFault(seal, rows, (text) => digest.sha256(text)) !== null;
    if (isBroken) found.brokenSealId = seal.id;
    const cut = instantText(before).replace('T', ' ').replace('Z', '');
    if (isBroken || rows.some((row) => row.occurredAt >= cut)) return false;
    found.upTo = seal.lastRowId;
    found.rowCount += rows.length;
    return true;
  }

  /** Adds the note to the chain, behind whatever seal another process adds meanwhile. Returns how far rows are to go. */
  async #note({ upTo, rowCount }: Prunable): Promise<number> {
    const { auditSeals, digest, clock } = this.#ports;
    for (;;) {
      const head: ChainHead = await auditSeals.head();
      if (upTo <= head.prunedUpTo) return head.prunedUpTo;
      const seal = pruneSeal({ upTo, rowCount }, head, clock.now(), (text) => digest.sha256(text));
      if (await auditSeals.append(seal)) return upTo;
    }
  }
}

interface Prunable {
  upTo: number;
  rowCount: number;
  brokenSealId: number | null;
}
