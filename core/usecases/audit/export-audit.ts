import { auditEvent } from '../../domain/audit/audit-event.js';
import type { AuditRow } from '../../domain/audit/audit-row.js';
import { noOrigin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';

export interface ExportAuditInput {
  /** Id of the last row that is known already; 0 for none. */
  readonly since: number;
  /** Who exports, as the audit log names him. */
  readonly actor: string;
}

export type ExportAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'unitOfWork' | 'clock'>;

const pageSize = 1000;

/**
 * Hands out the audit log from a place on, in order, page by page: whoever goes on after the last id that he got misses no row, however
 * late its transaction committed. The export itself is recorded first, so that it is in what it hands out.
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

  /** As one unit of work, so that an export that cannot be recorded does not take place. */
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
