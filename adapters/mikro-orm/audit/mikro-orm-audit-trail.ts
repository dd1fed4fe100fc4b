import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { AuditRange, AuditTrail } from '../../../core/ports/audit/audit-trail.js';
import type { Db } from '../entities/own-entities.js';
import { isContention } from '../sql/driver-errors.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { auditRowOf } from './audit-row.js';

/**
 * From a number being handed out until its row is in the index, where it can be waited for: one INSERT of a server that is not
 * overtaxed takes far less, and one that waits for a lock is ended after a second.
 */
const settlingMs = 3000;
const scannedAtOnce = 5000;

/** The rows of `audit_logs`, read as they are. */
export class MikroOrmAuditTrail implements AuditTrail {
  readonly #db: Db;
  readonly #flavour: SqlFlavour;

  constructor({ db, flavour }: { readonly db: Db; readonly flavour: SqlFlavour }) {
    this.#db = db;
    this.#flavour = flavour;
  }

  /**
   * On a server: rows that are there and not committed are met by a locking read, which waits for them; numbers whose rows are not
   * there yet are waited for by the clock. On SQLite one transaction writes at a time, and hands out its numbers in order.
   */
  async settledUpTo(after: number): Promise<number> {
    const newest = await this.#newest();
    if (newest <= after || this.#flavour.kind === 'sqlite') return Math.max(newest, after);
    await delay(settlingMs);
    return this.#settledBetween(after, newest);
  }

  async rows({ after, upTo, limit }: AuditRange): Promise<readonly AuditRow[]> {
    const rows = await this.#db
      .selectFrom('audit_logs')
      .selectAll()
      .where('id', '>', after)
      .where('id', '<=', upTo)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(auditRowOf);
  }

  async deleteUpTo(upTo: number, limit: number): Promise<number> {
    const rows = await this.#db.selectFrom('audit_logs').select('id').where('id', '<=', upTo).orderBy('id').limit(limit).execute();
    const last = rows.at(-1)?.id;
    if (last === undefined) return 0;
    const { numDeletedRows } = await this.#db.deleteFrom('audit_logs').where('id', '<=', last).executeTakeFirst();
    return Number(numDeletedRows);
  }

  async #newest(): Promise<number> {
    const row = await this.#db.selectFrom('audit_logs').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
    return Number(row?.id ?? 0);
  }

  /** Waits for who holds rows, for as long as the session's lock timeout lets it, and then stops short of them. */
  async #settledBetween(after: number, newest: number): Promise<number> {
    for (let settled = after; ; ) {
      try {
        const { rows } = await sql<{ id: number }>`
          select id from audit_logs where id > ${settled} and id <= ${newest} order by id limit ${scannedAtOnce}
          lock in share mode`.execute(this.#db);
        if (rows.length < scannedAtOnce) return newest;
        settled = Number(rows.at(-1)?.id);
      } catch (error) {
        if (isContention(error)) return settled;
        throw error;
      }
    }
  }
}
