/** A row of the audit log as the table stores it, with each column unchanged: the input of a seal and the content of an export. */
export interface AuditRow {
  /** Assigned by the database in ascending order; some numbers are never used. */
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

/** Returns one text for one sequence of rows, and for no other: for each row a line with a JSON array of all columns. */
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
