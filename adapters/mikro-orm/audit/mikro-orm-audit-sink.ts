import { sql } from 'kysely';
import type { AuditEvent } from '../../../core/domain/audit-event.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { AuditSink } from '../../../core/ports/audit-sink.js';
import type { Db } from '../entities/own-entities.js';
import { auditColumns } from '../own-statements.js';
import { DatabaseFault } from '../sql/database-fault.js';
import { toDatetime } from '../sql/stored-time.js';
import type { StoreTools } from '../store-tools.js';

/** Rows in one statement: well below what a server takes, and what SQLite takes of parameters. */
const rowsAtOnce = 500;
const retryAfterSeconds = 2;

/** The rows of `audit_logs`. */
export class MikroOrmAuditSink implements AuditSink {
  readonly #tools: Pick<StoreTools, 'db' | 'statements'>;

  constructor(tools: Pick<StoreTools, 'db' | 'statements'>) {
    this.#tools = tools;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  /** Whatever is wrong with the table, who depends on it is told to come again; a row that does not fit is a mistake of ours. */
  async recordAll(events: readonly AuditEvent[]): Promise<void> {
    try {
      for (let start = 0; start < events.length; start += rowsAtOnce) {
        await this.#insert(events.slice(start, start + rowsAtOnce).map(rowOf));
      }
    } catch (error) {
      if (!(error instanceof DatabaseFault) || error.kind === 'unfit') throw error;
      throw new AuthError('dependency_unavailable', { cause: error, retryAfterSeconds });
    }
  }

  async #insert(rows: readonly AuditRow[]): Promise<void> {
    const { db, statements } = this.#tools;
    const [first] = rows;
    if (first === undefined) return;
    if (rows.length > 1) await db.insertInto('audit_logs').values(rows).execute();
    else
      await statements.recordAudit.run(
        db,
        auditColumns.map((name) => first[name]),
      );
  }
}

/** Goes through everything that a row would have to pass, and writes none. Rejects when the table is missing, closed to us, or locked. */
export async function tryAuditTable(db: Db): Promise<void> {
  const columns = sql.raw(auditColumns.join(', '));
  await sql`insert into audit_logs (${columns}) select ${columns} from audit_logs where 1 = 0`.execute(db);
}

type AuditRow = ReturnType<typeof rowOf>;

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
