import { type ChainHead, fingerprintOf, headAfter, maxSealedRows, sealOver } from '../../domain/audit/audit-seal.js';
import type { Ports } from '../../ports/ports.js';

export type SealAuditPorts = Pick<Ports, 'auditTrail' | 'auditSeals' | 'digest' | 'clock' | 'metrics'>;

/** Seals made in one run: the next run goes on. */
const maxSeals = 200;

/**
 * Closes what was recorded since the last seal, range by range. Any number of processes may run it: the one that adds a seal first
 * goes on, the others stop. A crash leaves nothing half done, since a seal is one row.
 * @throws AuthError `dependency_unavailable`
 */
export class SealAudit {
  readonly #ports: SealAuditPorts;

  constructor(ports: SealAuditPorts) {
    this.#ports = ports;
  }

  /** Returns how many seals this call made. */
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

  /** What an onlooker who keeps the metrics can hold the table against later. */
  #show({ seal, sealedUpTo }: ChainHead): void {
    if (seal === null) return;
    this.#ports.metrics.auditSealed({ lastRowId: sealedUpTo, fingerprint: fingerprintOf(seal.hash), checkedAt: this.#ports.clock.now() });
  }
}
