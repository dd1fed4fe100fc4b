import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import type { Paint, Style } from '../output/paint.js';
import { safeText } from '../output/safe-text.js';
import { localTime } from '../output/times.js';

/** A row as it is stored, but with times in ISO 8601 and the details as an object. */
export const auditJson = (row: AuditRow) => ({
  id: row.id,
  occurred_at: `${row.occurredAt.replace(' ', 'T')}Z`,
  event: row.event,
  outcome: row.outcome,
  user_id: row.userId,
  session_id: row.sessionId,
  actor: row.actor,
  ip: row.ip,
  user_agent: row.userAgent,
  request_id: row.requestId,
  details: detailsOf(row),
});

const styles: Readonly<Record<string, Style>> = { success: 'good', failure: 'bad', denied: 'bad' };

/** One line for each row. Columns of short words have a fixed width, so that later lines are aligned. */
export const auditLines = (rows: readonly AuditRow[], paint: Paint): readonly string[] =>
  rows.map((row) => {
    const instant = Date.parse(`${row.occurredAt.replace(' ', 'T')}Z`);
    const time = Number.isNaN(instant) ? null : localTime(instant);
    const outcome = paint(safeText(row.outcome).padEnd(7), styles[row.outcome] ?? null);
    const words = [`by ${row.actor}`, ...about(row)].map(safeText).join('  ');
    return `${paint(safeText(time ?? row.occurredAt), 'faint')}  ${safeText(row.event).padEnd(16)}  ${outcome}  ${words}`;
  });

function about(row: AuditRow): readonly string[] {
  const named = { user: row.userId, session: row.sessionId, from: row.ip };
  const texts = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
  const details = Object.entries(detailsOf(row)).filter(([, value]) => value !== null);
  return [...texts, ...details.map(([name, value]) => `${name}=${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`)];
}

/** Words are printed unchanged, any other text in quotes. */
const quoted = (text: string): string => (/^[\w.@:-]+$/.test(text) ? text : JSON.stringify(text));

/** A text that is not a JSON object was not written by this product: it is shown unchanged. */
function detailsOf({ details }: AuditRow): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(details);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // shown below
  }
  return { unreadable: details };
}
