import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { AuditRange, AuditTrail } from '../../../core/ports/audit/audit-trail.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables } from '../memory-tables.js';
import { auditRowOf } from './memory-audit-row.js';

/** Units of work run one at a time, so every existing row is settled. */
export class MemoryAuditTrail implements AuditTrail {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async settledUpTo(after: number): Promise<number> {
    return await this.#space.read((tables) => Math.max(after, lastIdOf(tables)));
  }

  async rows({ after, upTo, limit }: AuditRange): Promise<readonly AuditRow[]> {
    return await this.#space.read((tables) =>
      Array.from(tables.audit.entries())
        .filter(([id]) => id > after && id <= upTo)
        .slice(0, limit)
        .map(([id, event]) => auditRowOf(id, event)),
    );
  }

  async deleteUpTo(upTo: number, limit: number): Promise<number> {
    return await this.#space.write((tables) => {
      const ids = Array.from(tables.audit.entries(), ([id]) => id).filter((id) => id <= upTo);
      const oldest = ids.slice(0, limit);
      for (const id of oldest) tables.audit.delete(id);
      return oldest.length;
    });
  }
}

const lastIdOf = (tables: MemoryTables): number => Array.from(tables.audit.entries(), ([id]) => id).at(-1) ?? 0;
