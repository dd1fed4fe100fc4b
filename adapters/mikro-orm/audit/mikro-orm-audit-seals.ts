import type { Selectable } from 'kysely';
import type { AuditSeal, ChainHead } from '../../../core/domain/audit/audit-seal.js';
import type { AuditSeals, StoredSeal } from '../../../core/ports/audit/audit-seals.js';
import type { Db, OwnTables } from '../own-entities.js';
import { DatabaseFault } from '../sql/database-fault.js';
import { fromStoredTime, toDatetime } from '../sql/stored-time.js';

/** The rows of `audit_seals`. A unique key of the table ensures that each hash has only one successor. */
export class MikroOrmAuditSeals implements AuditSeals {
  readonly #db: Db;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  async head(): Promise<ChainHead> {
    const newest = await this.#db.selectFrom('audit_seals').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
    if (newest === undefined) return { seal: null, sealedUpTo: 0, prunedUpTo: 0 };
    return { seal: sealOf(newest), sealedUpTo: await this.#last('rows'), prunedUpTo: await this.#last('pruned') };
  }

  async list({ after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly StoredSeal[]> {
    const rows = await this.#db.selectFrom('audit_seals').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map(sealOf);
  }

  async append({ kind, firstRowId, lastRowId, rowCount, rowsHash, previousHash, hash, sealedAt }: AuditSeal): Promise<boolean> {
    const row = {
      kind,
      first_row_id: firstRowId,
      last_row_id: lastRowId,
      row_count: rowCount,
      rows_hash: rowsHash,
      previous_hash: previousHash,
      hash,
      sealed_at: toDatetime(sealedAt),
    };
    try {
      await this.#db.insertInto('audit_seals').values(row).execute();
      return true;
    } catch (error) {
      if (error instanceof DatabaseFault && error.kind === 'duplicate') return false;
      throw error;
    }
  }

  async #last(kind: AuditSeal['kind']): Promise<number> {
    const row = await this.#db
      .selectFrom('audit_seals')
      .select('last_row_id')
      .where('kind', '=', kind)
      .orderBy('last_row_id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? 0 : Number(row.last_row_id);
  }
}

/** Returns the values that `append` wrote. If another application changed one, the hash reveals it. */
const sealOf = (row: Selectable<OwnTables['audit_seals']>): StoredSeal => ({
  id: Number(row.id),
  kind: row.kind as AuditSeal['kind'],
  firstRowId: Number(row.first_row_id),
  lastRowId: Number(row.last_row_id),
  rowCount: Number(row.row_count),
  rowsHash: row.rows_hash,
  previousHash: row.previous_hash,
  hash: row.hash,
  sealedAt: fromStoredTime(row.sealed_at) ?? Number.NaN,
});
