import type { HealthProbe } from '../../core/ports/operations/health-probe.js';
import type { AuditGuard } from './audit-guard.js';

export interface AuditProbeOptions {
  readonly guard: AuditGuard;
  /** Rejects when the table cannot be written, as far as that can be detected without writing a row. */
  readonly tryTable: () => Promise<void>;
}

/** A failure is shown for this long, unless a row is written: what filled a disk is seen only by rows. */
const memoryMs = 15_000;

/** Whether the audit log takes rows. Not essential: sign-ins continue without it, and changes of accounts report the failure themselves. */
export class AuditProbe implements HealthProbe {
  readonly name = 'audit';
  readonly isEssential = false;
  readonly #options: AuditProbeOptions;

  constructor(options: AuditProbeOptions) {
    this.#options = options;
  }

  isKnownDown(): boolean {
    const { brokenForMs } = this.#options.guard;
    return brokenForMs !== null && brokenForMs < memoryMs;
  }

  async check(): Promise<void> {
    await this.#options.tryTable();
    if (this.isKnownDown()) throw new Error('the audit log could not be written a moment ago');
  }
}
