import { sql } from 'kysely';
import type { SessionRow } from './sessions/session-row.js';
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

/** What nearly every request asks of the tables of ours. */
export type OwnStatements = ReturnType<typeof ownStatements>;

export function ownStatements({ texts }: { readonly texts: PreparedTexts }) {
  const ready = <Row>(text: string) => new ReadyStatement<Row>({ builder: sql.raw<Row>(text), texts });
  return {
    /** Takes the id. */
    findSession: ready<SessionRow>('select * from auth_sessions where id = ?'),
    /** Takes a value for each of `auditColumns`. */
    recordAudit: ready(`insert into audit_logs (${auditColumns.join(', ')}) values (${auditColumns.map(() => '?').join(', ')})`),
  };
}
