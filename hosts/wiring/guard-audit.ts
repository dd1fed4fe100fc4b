import { AuditGuard } from '../../adapters/guarded-audit/audit-guard.js';
import { AuditProbe } from '../../adapters/guarded-audit/audit-probe.js';
import { ForgivingAuditSink } from '../../adapters/guarded-audit/forgiving-audit-sink.js';
import { GroupedAuditSink } from '../../adapters/guarded-audit/grouped-audit-sink.js';
import type { Database } from '../../adapters/mikro-orm/open-database.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { HealthProbe } from '../../core/ports/operations/health-probe.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';

export interface GuardedAudit {
  /** For what is recorded outside units of work: in groups, and never refused. */
  readonly audit: AuditSink;
  readonly probe: HealthProbe;
}

/** As long as a lock is waited for. */
const restMs = 1000;

export const auditGuardFor = ({ dbPoolMax }: { readonly dbPoolMax: number }): AuditGuard =>
  new AuditGuard({ maxAttempts: Math.max(1, Math.floor(dbPoolMax / 3)), restMs });

/** What a serving process does about an audit log that cannot be written. */
export function guardAudit(
  { stores, tryAuditTable }: Pick<Database, 'stores' | 'tryAuditTable'>,
  { guard, logger, metrics }: { readonly guard: AuditGuard; readonly logger: Logger; readonly metrics: Metrics },
): GuardedAudit {
  const sink = new GroupedAuditSink({ sink: stores.audit });
  return {
    audit: new ForgivingAuditSink({ sink, guard, logger, metrics }),
    probe: new AuditProbe({ guard, tryTable: tryAuditTable }),
  };
}
