import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AuditRow } from '../../core/domain/audit-row.js';
import type { AuditFilter, AuditLog } from '../../core/ports/audit-log.js';
import type { Db, OwnTables } from './entities/own-entities.js';
import { toDatetime } from './sql/stored-time.js';

/** The rows of `audit_logs`, looked up. */
export class MikroOrmAuditLog implements AuditLog {
  readonly #db: Db;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  async newest(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const rows = await this.#matching(filter).orderBy('id', 'desc').limit(limit).execute();
    return rows.reverse().map(rowOf);
  }

  async after(after: number, filter: AuditFilter, limit: number): Promise<readonly AuditRow[]> {
    const rows = await this.#matching(filter).where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map(rowOf);
  }

  /** A time is compared as the text that it was written as, which sorts alike on every database. */
  #matching({ userId, event, since }: AuditFilter) {
    let rows = this.#db.selectFrom('audit_logs').selectAll();
    if (userId !== null) rows = rows.where('user_id', '=', userId);
    if (event !== null) rows = rows.where('event', '=', event);
    if (since !== null) rows = rows.where('occurred_at', '>=', sql<string>`${toDatetime(since)}`);
    return rows;
  }
}

const rowOf = (row: Selectable<OwnTables['audit_logs']>): AuditRow => ({
  id: row.id,
  occurredAt: row.occurred_at,
  event: row.event,
  outcome: row.outcome,
  userId: row.user_id,
  sessionId: row.session_id,
  actor: row.actor,
  ip: row.ip,
  userAgent: row.user_agent,
  requestId: row.request_id,
  details: row.details,
});
