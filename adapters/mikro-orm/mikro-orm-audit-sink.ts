import type { AuditEvent } from '../../core/domain/audit-event.js';
import type { AuditSink } from '../../core/ports/audit-sink.js';
import type { Db } from './entities/own-entities.js';
import { toDatetime } from './sql/stored-time.js';

/** The rows of `audit_logs`. */
export class MikroOrmAuditSink implements AuditSink {
  readonly #db: Db;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  async record({ occurredAt, event, outcome, userId, sessionId, actor, origin, details }: AuditEvent): Promise<void> {
    await this.#db
      .insertInto('audit_logs')
      .values({
        occurred_at: toDatetime(occurredAt),
        event,
        outcome,
        user_id: userId,
        session_id: sessionId,
        actor,
        ip: origin.ip,
        user_agent: origin.userAgent,
        request_id: origin.requestId,
        details: JSON.stringify(details),
      })
      .execute();
  }
}
