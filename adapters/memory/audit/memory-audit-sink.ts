import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import type { AuditSink } from '../../../core/ports/audit/audit-sink.js';
import type { MemorySpace } from '../memory-space.js';

/** Tests read the events with `MemoryDatabase.auditEvents`. */
export class MemoryAuditSink implements AuditSink {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  async recordAll(events: readonly AuditEvent[]): Promise<void> {
    await this.#space.write((tables) => {
      for (const event of events) {
        const id = (tables.lastAuditId.get('last')?.id ?? 0) + 1;
        tables.lastAuditId.set('last', { id });
        tables.audit.set(id, structuredClone(event));
      }
    });
  }
}
