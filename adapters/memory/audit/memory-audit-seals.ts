import { type AuditSeal, type ChainHead, noHash } from '../../../core/domain/audit/audit-seal.js';
import type { AuditSeals, StoredSeal } from '../../../core/ports/audit/audit-seals.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables } from '../memory-tables.js';

/** Numbered from 1, in the order in which they were added. */
export class MemoryAuditSeals implements AuditSeals {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async head(): Promise<ChainHead> {
    return await this.#space.read((tables) => {
      const seals = sealsOf(tables);
      const last = (kind: AuditSeal['kind']) => Math.max(0, ...seals.filter((seal) => seal.kind === kind).map((seal) => seal.lastRowId));
      return { seal: seals.at(-1) ?? null, sealedUpTo: last('rows'), prunedUpTo: last('pruned') };
    });
  }

  async list({ after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly StoredSeal[]> {
    return await this.#space.read((tables) =>
      sealsOf(tables)
        .filter((seal) => seal.id > after)
        .slice(0, limit),
    );
  }

  async append(seal: AuditSeal): Promise<boolean> {
    return await this.#space.write((tables) => {
      const seals = sealsOf(tables);
      if (seal.previousHash !== (seals.at(-1)?.hash ?? noHash)) return false;
      const id = seals.length + 1;
      tables.auditSeals.set(id, { ...seal, id });
      return true;
    });
  }
}

const sealsOf = (tables: MemoryTables): readonly StoredSeal[] => Array.from(tables.auditSeals.entries(), ([, seal]) => seal);
