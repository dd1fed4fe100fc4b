import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { AuditRange, AuditTrail } from '../../../core/ports/audit/audit-trail.js';
import type { Db } from '../own-entities.js';
import { isContention } from '../sql/driver-errors.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { auditRowOf } from './audit-row.js';

/**
 * Max time, in milliseconds, from the assignment of a number until its row is in the index, where a locking read waits for it. One INSERT
 * on a server that is not overloaded takes much less, and one that waits for a lock is ended after a second.
 */
const settlingMs = 3000;
const scannedAtOnce = 5000;

/** Reads the rows of `audit_logs` as they are stored. */
export class MikroOrmAuditTrail implements AuditTrail {
  readonly #db: Db;
  readonly #flavour: SqlFlavour;

  constructor({ db, flavour }: { readonly db: Db; readonly flavour: SqlFlavour }) {
    this.#db = db;
    this.#flavour = flavour;
  }

  /**
   * On a server, a locking read waits for rows that exist but are not committed. For numbers whose rows do not exist yet, it waits a fixed
   * time. On SQLite one transaction writes at a time, and assigns its numbers in order.
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

  /** Waits for transactions that hold rows, up to the session's lock timeout, and then returns the id before them. */
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
