import type { AuditEvent } from '../../core/domain/audit-event.js';
import type { AuditSink } from '../../core/ports/audit-sink.js';
import type { MemorySpace } from './memory-space.js';

/** Read it by `MemoryDatabase.auditEvents`. */
export class MemoryAuditSink implements AuditSink {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async record(event: AuditEvent): Promise<void> {
    await this.#space.write((tables) => tables.audit.set(Symbol(), structuredClone(event)));
  }
}
