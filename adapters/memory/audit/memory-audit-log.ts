import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { AuditFilter, AuditLog } from '../../../core/ports/audit/audit-log.js';
import type { MemorySpace } from '../memory-space.js';
import { auditRowOf } from './memory-audit-row.js';

/** Rows are numbered in the order in which they were written. */
export class MemoryAuditLog implements AuditLog {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async newest(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const rows = await this.after(0, filter, Number.POSITIVE_INFINITY);
    return rows.slice(Math.max(0, rows.length - limit));
  }

  async after(after: number, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const entries = await this.#space.read((tables) => Array.from(tables.audit.entries()));
    return entries
      .map(([id, event]) => ({ event, row: auditRowOf(id, event) }))
      .filter(({ event, row }) => row.id > after && passes(event, filter))
      .slice(0, limit)
      .map(({ row }) => row);
  }
}

const passes = (event: AuditEvent, filter: AuditFilter): boolean =>
  (filter.userId === null || event.userId === filter.userId) &&
  (filter.event === null || event.event === filter.event) &&
  (filter.since === null || event.occurredAt >= filter.since);
