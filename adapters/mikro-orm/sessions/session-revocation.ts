import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { Revocation, RevocationReason } from '../../../core/domain/sessions/session.js';
import type { SessionSelection } from '../../../core/ports/sessions/session-store.js';
import { atomically } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';

export interface RevocationOrder {
  readonly selection: SessionSelection;
  readonly reason: RevocationReason;
  readonly at: Instant;
}

type Tools = Pick<StoreTools, 'db' | 'flavour'>;

const batchSize = 500;

/** Ends what is selected, in batches by id so that nothing is held for long; outside a unit of work each is a transaction. */
export async function revokeSelected(tools: Tools, order: RevocationOrder): Promise<readonly Revocation[]> {
  const { after: start, limit = Number.POSITIVE_INFINITY } = order.selection.kind === 'all' ? order.selection : {};
  const ended: Revocation[] = [];
  let after: string = start ?? '';
  for (;;) {
    const count = Math.min(batchSize, limit - ended.length);
    const batch = await revokeBatch(tools, order, { after, count });
    ended.push(...batch);
    const last = batch.at(-1);
    if (last === undefined || batch.length < count || ended.length === limit) return ended;
    after = last.sessionId;
  }
}

/** Rows that others are ending are waited for, and then no longer match: each session is ended by one call. */
function revokeBatch(
  tools: Tools,
  { selection, reason, at }: RevocationOrder,
  { after, count }: { readonly after: string; readonly count: number },
): Promise<readonly Revocation[]> {
  return atomically(tools, async ({ db, flavour }) => {
    let live = db.selectFrom('auth_sessions').select(['id', 'user_id']).where('revoked_at', 'is', null).where('idle_expires_at', '>', at);
    if (after !== '') live = live.where('id', '>', after);
    if (selection.kind === 'one') live = live.where('id', '=', selection.sessionId);
    if (selection.kind !== 'all' && selection.userId !== undefined) live = live.where('user_id', '=', selection.userId);
    if (selection.kind === 'of_user' && selection.except !== undefined) live = live.where('id', '!=', selection.except);
    const rows = await live.orderBy('id').limit(count).modifyEnd(flavour.forUpdate).execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    await db.updateTable('auth_sessions').set({ revoked_at: at, revocation_reason: reason }).where('id', 'in', ids).execute();
    // What `sessionRow` wrote: the brands are what they were.
    return rows.map((row) => ({ sessionId: row.id as SessionId, userId: row.user_id as UserId, revokedAt: at, reason }));
  });
}
