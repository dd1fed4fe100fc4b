import type { Instant } from '../../../core/domain/instant.js';
import type { Db } from '../own-entities.js';
import { atomically } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';

export interface PruningOrder {
  readonly endedBefore: Instant;
  readonly limit: number;
}

type Tools = Pick<StoreTools, 'db' | 'flavour'>;

/** Deletes what ended, by the index on either end; rows that others hold are left for the next time. */
export function pruneSessions(tools: Tools, { endedBefore, limit }: PruningOrder): Promise<number> {
  return atomically(tools, async ({ db, flavour }) => {
    const endedBy = (column: 'idle_expires_at' | 'revoked_at', count: number) =>
      db
        .selectFrom('auth_sessions')
        .select('id')
        .where(column, '<', endedBefore)
        .orderBy(column)
        .limit(count)
        .modifyEnd(flavour.forUpdateOfFree)
        .execute();
    const expired = await deleteAll(db, await endedBy('idle_expires_at', limit));
    const revoked = expired < limit ? await deleteAll(db, await endedBy('revoked_at', limit - expired)) : 0;
    return expired + revoked;
  });
}

async function deleteAll(db: Db, rows: readonly { readonly id: string }[]): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  await db.deleteFrom('auth_sessions').where('id', 'in', ids).execute();
  return rows.length;
}
