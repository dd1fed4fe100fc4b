import { auditEvent } from '../../domain/audit/audit-event.js';
import type { AuditRow } from '../../domain/audit/audit-row.js';
import { noOrigin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';

export interface ExportAuditInput {
  /** Id of the last row that the caller already has; 0 for none. */
  readonly since: number;
  /** The person or tool that exports, as the audit log names it. */
  readonly actor: string;
}

export type ExportAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'unitOfWork' | 'clock'>;

const pageSize = 1000;

/**
 * Exports the audit log after a given id, in order, page by page. A caller that continues after the last id it received misses no row,
 * however late the row's transaction committed. The export itself is recorded first, so it is part of its own output.
 * @throws AuthError `dependency_unavailable`
 */
export class ExportAudit {
  readonly #ports: ExportAuditPorts;

  constructor(ports: ExportAuditPorts) {
    this.#ports = ports;
  }

  async *execute({ since, actor }: ExportAuditInput): AsyncGenerator<readonly AuditRow[]> {
    const { auditTrail, auditSeals } = this.#ports;
    await this.#record(since, actor);
    const { sealedUpTo } = await auditSeals.head();
    const upTo = await auditTrail.settledUpTo(Math.max(sealedUpTo, since));
    for (let after = since; after < upTo; ) {
      const rows = await auditTrail.rows({ after, upTo, limit: pageSize });
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      after = last.id;
    }
  }

  /** Records in a unit of work, so that an export that cannot be recorded does not take place. */
  async #record(since: number, actor: string): Promise<void> {
    const { unitOfWork, clock } = this.#ports;
    const event = auditEvent({
      occurredAt: clock.now(),
      event: 'audit_export',
      outcome: 'success',
      actor,
      origin: noOrigin,
      details: { since },
    });
    await unitOfWork.run(({ audit }) => audit.record(event));
  }
}
