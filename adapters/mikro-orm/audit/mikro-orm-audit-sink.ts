import { sql } from 'kysely';
import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { AuditSink } from '../../../core/ports/audit/audit-sink.js';
import type { Db } from '../own-entities.js';
import { auditColumns } from '../own-statements.js';
import { DatabaseFault } from '../sql/database-fault.js';
import { toDatetime } from '../sql/stored-time.js';
import type { StoreTools } from '../store-tools.js';

const retryAfterSeconds = 2;

/** Writes the rows of `audit_logs`. */
export class MikroOrmAuditSink implements AuditSink {
  readonly #tools: Pick<StoreTools, 'db' | 'statements'>;

  constructor(tools: Pick<StoreTools, 'db' | 'statements'>) {
    this.#tools = tools;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  /** Any fault of the table is `dependency_unavailable`, so that the caller retries; a row that does not fit is a bug of this product. */
  async recordAll(events: readonly AuditEvent[]): Promise<void> {
    try {
      const { db, statements } = this.#tools;
      await statements.recordAudit.run(db, events.map(rowOf));
    } catch (error) {
      if (!(error instanceof DatabaseFault) || error.kind === 'unfit') throw error;
      throw new AuthError('dependency_unavailable', { cause: error, retryAfterSeconds });
    }
  }
}

/** Runs every step of an insert, but writes no row. Rejects when the table is missing, not writable, or locked. */
export async function tryAuditTable(db: Db): Promise<void> {
  const columns = sql.raw(auditColumns.join(', '));
  await sql`insert into audit_logs (${columns}) select ${columns} from audit_logs where 1 = 0`.execute(db);
}

const rowOf = ({ occurredAt, event, outcome, userId, sessionId, actor, origin, details }: AuditEvent) => ({
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
});
