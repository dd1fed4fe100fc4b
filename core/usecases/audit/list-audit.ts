import type { AuditRow } from '../../domain/audit/audit-row.js';
import type { AuditFilter } from '../../ports/audit/audit-log.js';
import type { Ports } from '../../ports/ports.js';

export interface ListAuditInput extends AuditFilter {
  readonly limit: number;
}

/**
 * Lists the newest rows of the audit log that pass a filter, in ascending order, for an admin.
 * @throws AuthError `dependency_unavailable`
 */
export class ListAudit {
  readonly #ports: Pick<Ports, 'auditLog'>;

  constructor(ports: Pick<Ports, 'auditLog'>) {
    this.#ports = ports;
  }

  async execute({ limit, ...filter }: ListAuditInput): Promise<readonly AuditRow[]> {
    return await this.#ports.auditLog.newest(filter, limit);
  }
}
