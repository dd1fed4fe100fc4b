import { sql } from 'kysely';
import { rotatedColumns, type SessionRow, sessionColumns } from './sessions/session-row.js';
import { InsertStatement } from './sql/insert-statement.js';
import { type PreparedTexts, ReadyStatement } from './sql/ready-statement.js';

export const auditColumns = [
  'occurred_at',
  'event',
  'outcome',
  'user_id',
  'session_id',
  'actor',
  'ip',
  'user_agent',
  'request_id',
  'details',
] as const;

/** The statements that nearly every request runs on the `auth_*` and `audit_*` tables. */
export type OwnStatements = ReturnType<typeof ownStatements>;

export function ownStatements({ texts }: { readonly texts: PreparedTexts }) {
  const ready = <Row>(text: string) => new ReadyStatement<Row>({ builder: sql.raw<Row>(text), texts });
  return {
    /** Takes the id. */
    findSession: ready<SessionRow>('select * from auth_sessions where id = ?'),
    /** Takes the user's id, and how many of his sessions to pass over. */
    findNthSession: ready<{ readonly found: 1 }>('select 1 as found from auth_sessions where user_id = ? limit 1 offset ?'),
    /** Takes a value for each of `sessionColumns`. */
    openSession: ready(`insert into auth_sessions (${sessionColumns.join(', ')}) values (${sessionColumns.map(() => '?').join(', ')})`),
    /**
     * Takes a value for each of `rotatedColumns`, the id, and the counter that it still has. Not `revoked_at is null`: MariaDB would go
     * by the index on that column, and lock whatever is live.
     */
    rotateSession: ready(
      `update auth_sessions set ${rotatedColumns.map((name) => `${name} = ?`).join(', ')}
      where id = ? and refresh_counter = ? and coalesce(revoked_at, 0) = 0`,
    ),
    recordAudit: new InsertStatement({ table: 'audit_logs', columns: auditColumns, texts }),
  };
}
