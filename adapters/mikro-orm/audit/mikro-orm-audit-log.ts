import { sql } from 'kysely';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { AuditFilter, AuditLog } from '../../../core/ports/audit/audit-log.js';
import type { Db } from '../own-entities.js';
import { toDatetime } from '../sql/stored-time.js';
import { auditRowOf } from './audit-row.js';

/** Searches the rows of `audit_logs`. */
export class MikroOrmAuditLog implements AuditLog {
  readonly #db: Db;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  async newest(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const rows = await this.#matching(filter).orderBy('id', 'desc').limit(limit).execute();
    return rows.reverse().map(auditRowOf);
  }

  async after(after: number, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const rows = await this.#matching(filter).where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map(auditRowOf);
  }

  /** A time is compared in its stored text form, which sorts the same on every database. */
  #matching({ userId, event, since }: AuditFilter) {
    let rows = this.#db.selectFrom('audit_logs').selectAll();
    if (userId !== null) rows = rows.where('user_id', '=', userId);
    if (event !== null) rows = rows.where('event', '=', event);
    if (since !== null) rows = rows.where('occurred_at', '>=', sql<string>`${toDatetime(since)}`);
    return rows;
  }
}
