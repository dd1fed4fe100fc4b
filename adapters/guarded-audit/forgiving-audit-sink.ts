import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import { instantText } from '../../core/domain/instant-text.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { AuditGuard } from './audit-guard.js';

export interface ForgivingAuditSinkOptions {
  readonly sink: AuditSink;
  readonly guard: AuditGuard;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'auditLost'>;
}

/**
 * For events that happened, whether they can be recorded or not: a failed login gets the response of a failed login also while the audit
 * log cannot be written. Then the sink logs each row as one line and counts it. Never rejects.
 */
export class ForgivingAuditSink implements AuditSink {
  readonly #options: ForgivingAuditSinkOptions;

  constructor(options: ForgivingAuditSinkOptions) {
    this.#options = options;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  async recordAll(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { sink, guard } = this.#options;
    try {
      await guard.watch(() => sink.recordAll(events));
    } catch (error) {
      for (const event of events) this.#lose(event, error);
    }
  }

  #lose({ origin, ...event }: AuditEvent, error: unknown): void {
    const { logger, metrics } = this.#options;
    metrics.auditLost();
    logger.error('audit row lost', { row: { ...event, occurredAt: instantText(event.occurredAt), ...origin }, error });
  }
}
