/** A row of the audit log as the table holds it, each column untouched: what a seal is over, and what an export tells. */
export interface AuditRow {
  /** Given by the database in ascending order; some numbers are never used. */
  readonly id: number;
  /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC. */
  readonly occurredAt: string;
  readonly event: string;
  readonly outcome: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly actor: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** A JSON object as text. */
  readonly details: string;
}

/** One text for one sequence of rows, and for no other: a JSON array of every column on a line for each. */
export const auditRowsText = (rows: readonly AuditRow[]): string => rows.map((row) => `${JSON.stringify(columns(row))}\n`).join('');

const columns = (row: AuditRow): readonly (string | number | null)[] => [
  row.id,
  row.occurredAt,
  row.event,
  row.outcome,
  row.userId,
  row.sessionId,
  row.actor,
  row.ip,
  row.userAgent,
  row.requestId,
  row.details,
];
