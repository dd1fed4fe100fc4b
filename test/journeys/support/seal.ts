import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { NodeDigest } from '../../../adapters/node-crypto/node-digest.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';
import { eventually } from './phone.js';

/** Seals what the audit log holds now, as a server does every ten seconds. */
export async function seal(url: string): Promise<void> {
  await using database = await openByUrl(url);
  await new SealAudit({ ...database, ...database.stores, digest: new NodeDigest(), metrics: new MemoryMetrics() }).execute();
}

/** Waits until the metrics of a server show that it has sealed as many rows; returns the fingerprint of its newest seal. */
export async function untilSealed(server: { readonly url: string }, rows: number): Promise<string> {
  const text = await eventually(
    async () => (await fetch(`${server.url}/metrics`)).text(),
    (metrics) => gauge('move_acces_audit_sealed_row_id', metrics) >= rows,
    90_000,
  );
  return String(gauge('move_acces_audit_head_fingerprint', text));
}

/** -1 where there is no such series yet. */
const gauge = (series: string, metrics: string): number => Number(new RegExp(`^${series} (\\S+)$`, 'm').exec(metrics)?.[1] ?? -1);
