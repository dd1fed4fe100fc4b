import { type ChainHead, maxSealedRows, pruneSeal } from '../../domain/audit/audit-seal.js';
import { rowsFault, rowsUnder } from '../../domain/audit/chain-check.js';
import type { Instant } from '../../domain/instant.js';
import { instantText } from '../../domain/instant-text.js';
import type { StoredSeal } from '../../ports/audit/audit-seals.js';
import type { Ports } from '../../ports/ports.js';
import { findPrunedRows } from './find-pruned-rows.js';

export interface PruneAuditInput {
  /** A range is deleted when every row in it is older than this. */
  readonly before: Instant;
}

export interface AuditPruning {
  /** Number of rows that this call deleted. */
  readonly deleted: number;
  /** Rows up to this id are deleted; 0 for none. */
  readonly prunedUpTo: number;
  /** Number of the seal at which the prune stopped, because the rows under it are not the rows that were sealed; null for none. */
  readonly brokenSealId: number | null;
}

export type PruneAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest' | 'clock'>;

const sealsAtOnce = 200;

/**
 * Deletes the oldest sealed ranges and keeps their seals, so that the rest of the chain still verifies. It deletes only ranges that verify:
 * broken ranges are evidence. It notes the deletion in the chain first, then deletes whole ranges, the oldest first. The next call finishes
 * an interrupted prune, whatever its `before`. It also deletes the rest of a noted range of which only a part is left: earlier versions
 * deleted parts of ranges.
 * @throws AuthError `dependency_unavailable`
 */
export class PruneAudit {
  readonly #ports: PruneAuditPorts;

  constructor(ports: PruneAuditPorts) {
    this.#ports = ports;
  }

  async execute({ before }: PruneAuditInput): Promise<AuditPruning> {
    const { goneUpTo, notedUpTo } = await findPrunedRows(this.#ports);
    const found: Prunable = { batches: [], rowCount: 0, broken: null };
    await this.#find(found, { before, goneUpTo, notedUpTo });
    const upTo = found.batches.at(-1)?.upTo ?? goneUpTo;
    if (upTo > notedUpTo) await this.#note(upTo, found.rowCount);
    let deleted = 0;
    for (const batch of found.batches) deleted += await this.#deleteUpTo(batch.upTo);
    return { deleted, prunedUpTo: upTo, brokenSealId: found.broken?.id ?? null };
  }

  /** Finds the last range that is old enough and still as it was sealed. */
  async #find(found: Prunable, bounds: Bounds): Promise<void> {
    for (let after = 0; ; ) {
      const page = await this.#ports.auditSeals.list({ after, limit: sealsAtOnce });
      for (const seal of page) {
        after = seal.id;
        if (seal.kind === 'pruned' || seal.lastRowId <= bounds.goneUpTo) continue;
        if (!(await this.#takes(seal, bounds, found))) return;
      }
      if (page.length < sealsAtOnce) return;
    }
  }

  async #takes(seal: StoredSeal, { before, notedUpTo }: Bounds, found: Prunable): Promise<boolean> {
    const { auditTrail, digest } = this.#ports;
    const rows = await auditTrail.rows(rowsUnder(seal));
    const fault = rowsFault(seal, rows, (text) => digest.sha256(text));
    const isNoted = seal.lastRowId <= notedUpTo;
    if (fault !== null && !(isNoted && fault === 'rows_deleted')) {
      found.broken = seal;
      return false;
    }
    const cut = instantText(before).replace('T', ' ').replace('Z', '');
    if (!isNoted && rows.some((row) => row.occurredAt >= cut)) return false;
    if (!isNoted) found.rowCount += rows.length;
    addToBatches(found.batches, seal.lastRowId, rows.length);
    return true;
  }

  /**
   * Adds the note to the chain, after any seal that another process adds at the same time. Adds nothing when that seal already notes as
   * much.
   */
  async #note(upTo: number, rowCount: number): Promise<void> {
    const { auditSeals, digest, clock } = this.#ports;
    for (;;) {
      const head: ChainHead = await auditSeals.head();
      if (upTo <= head.prunedUpTo) return;
      const seal = pruneSeal({ upTo, rowCount }, head, clock.now(), (text) => digest.sha256(text));
      if (await auditSeals.append(seal)) return;
    }
  }

  /** Deletes in one step, as long as there are no more rows than were sealed. */
  async #deleteUpTo(upTo: number): Promise<number> {
    for (let deleted = 0; ; ) {
      const count = await this.#ports.auditTrail.deleteUpTo(upTo, maxSealedRows);
      deleted += count;
      if (count < maxSealedRows) return deleted;
    }
  }
}

/** Whole ranges, as many as one deletion takes. */
interface Batch {
  rows: number;
  upTo: number;
}

interface Bounds {
  readonly before: Instant;
  readonly goneUpTo: number;
  readonly notedUpTo: number;
}

interface Prunable {
  readonly batches: Batch[];
  /** Number of rows in the ranges that are not noted yet. */
  rowCount: number;
  broken: StoredSeal | null;
}

function addToBatches(batches: Batch[], upTo: number, rows: number): void {
  const last = batches.at(-1);
  if (last === undefined || last.rows + rows > maxSealedRows) batches.push({ rows, upTo });
  else Object.assign(last, { rows: last.rows + rows, upTo });
}
