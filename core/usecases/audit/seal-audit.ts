import { type ChainHead, fingerprintOf, headAfter, maxSealedRows, sealOver } from '../../domain/audit/audit-seal.js';
import type { Ports } from '../../ports/ports.js';

export type SealAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest' | 'clock' | 'metrics'>;

/** Max seals made in one run. The next run continues. */
const maxSeals = 200;

/**
 * Seals the rows that were recorded since the last seal, range by range. Any number of processes may run it: the process that adds a seal
 * first continues, the others stop. A crash leaves no partial state, because a seal is one row.
 * @throws AuthError `dependency_unavailable`
 */
export class SealAudit {
  readonly #ports: SealAuditPorts;

  constructor(ports: SealAuditPorts) {
    this.#ports = ports;
  }

  /** Returns the number of seals that this call made. */
  async execute(): Promise<number> {
    const { auditTrail, auditSeals, digest, clock } = this.#ports;
    const sha256 = (text: string) => digest.sha256(text);
    let head = await auditSeals.head();
    const upTo = await auditTrail.settledUpTo(head.sealedUpTo);
    let made = 0;
    while (made < maxSeals && head.sealedUpTo < upTo) {
      const rows = await auditTrail.rows({ after: head.sealedUpTo, upTo, limit: maxSealedRows });
      if (rows.length === 0) break;
      const seal = sealOver(rows, head, clock.now(), sha256);
      if (!(await auditSeals.append(seal))) break;
      head = headAfter(seal, head);
      made += 1;
    }
    this.#show(head);
    return made;
  }

  /** Publishes the head of the chain in the metrics. A person who keeps the metrics can compare the table with it later. */
  #show({ seal, sealedUpTo }: ChainHead): void {
    if (seal === null) return;
    this.#ports.metrics.auditSealed({ lastRowId: sealedUpTo, fingerprint: fingerprintOf(seal.hash), checkedAt: this.#ports.clock.now() });
  }
}
