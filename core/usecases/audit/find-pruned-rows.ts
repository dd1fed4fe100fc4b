import { beforeAllRows } from '../../domain/audit/chain-check.js';
import { type PrunedRows, prunedRowsOf } from '../../domain/audit/pruned-rows.js';
import type { Ports } from '../../ports/ports.js';

/** Reads the note before the rows. So rows that a prune deletes in between count as pruned, never as deleted without a note. */
export async function findPrunedRows({ auditSeals, auditTrail }: Pick<Ports, 'auditSeals' | 'auditTrail'>): Promise<PrunedRows> {
  const { prunedUpTo } = await auditSeals.head();
  if (prunedUpTo === 0) return prunedRowsOf(0, null);
  const [oldest] = await auditTrail.rows({ after: beforeAllRows, upTo: prunedUpTo, limit: 1 });
  return prunedRowsOf(prunedUpTo, oldest?.id ?? null);
}
