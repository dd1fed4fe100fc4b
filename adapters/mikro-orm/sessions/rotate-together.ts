import { sql } from 'kysely';
import type { Session } from '../../../core/domain/sessions/session.js';
import type { Db } from '../entities/own-entities.js';
import { updateRows } from '../sql/update-rows.js';
import { rotatedColumns, type SessionRow, sessionRow } from './session-row.js';

export interface Rotation {
  /** As it was judged. */
  readonly from: Session;
  readonly to: Session;
}

type HeldRow = Pick<SessionRow, 'id' | 'refresh_counter' | 'revoked_at'>;

/**
 * Rotates several sessions in two statements: their rows are locked, and those written to that are still what was judged. Answers which
 * those were. In a transaction only: the locks last as long as it does.
 */
export async function rotateTogether(db: Db, rotations: readonly Rotation[]): Promise<ReadonlySet<Rotation>> {
  const ids = sql.join(rotations.map(({ from }) => from.id));
  // By that index, however small the table is: whoever goes through all rows waits for those that others hold.
  const { rows } = await sql<HeldRow>`select id, refresh_counter, revoked_at from auth_sessions force index (primary)
    where id in (${ids}) for update`.execute(db);
  const held = new Map(rows.map((row) => [row.id, row]));
  const unchanged = rotations.filter(({ from }) => {
    const row = held.get(from.id);
    return row?.refresh_counter === from.counter && row.revoked_at === null;
  });
  const moves = unchanged.map(({ to }) => [to.id, rotatedRow(to)] as const);
  if (moves.length > 0) await updateRows({ table: 'auth_sessions', key: 'id', rows: moves }).execute(db);
  return new Set(unchanged);
}

function rotatedRow(session: Session) {
  const row = sessionRow(session);
  return Object.fromEntries(rotatedColumns.map((name) => [name, row[name]]));
}
