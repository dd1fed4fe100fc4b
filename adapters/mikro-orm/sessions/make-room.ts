import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { Revocation } from '../../../core/domain/sessions/session.js';
import { displaced, type SessionRoom } from '../../../core/domain/sessions/session-room.js';
import { atomically } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';
import { sessionOf } from './session-row.js';

type Tools = Pick<StoreTools, 'db' | 'flavour' | 'statements'>;

/** Nearly always one look at an index finds that there is room. */
export async function makeRoom(tools: Tools, userId: UserId, room: SessionRoom): Promise<readonly Revocation[]> {
  return (await isFull(tools, userId, room)) ? displace(tools, userId, room) : [];
}

async function isFull({ db, statements }: Tools, userId: UserId, { max }: SessionRoom): Promise<boolean> {
  return (await statements.findNthSession.run(db, [userId, max - 1])).rows.length > 0;
}

function displace(tools: Tools, userId: UserId, room: SessionRoom): Promise<readonly Revocation[]> {
  return atomically(tools, async ({ db, flavour }) => {
    const rows = await db.selectFrom('auth_sessions').selectAll().where('user_id', '=', userId).modifyEnd(flavour.forUpdate).execute();
    const { deleted, ended } = displaced(rows.map(sessionOf), room);
    if (deleted.length > 0) await db.deleteFrom('auth_sessions').where('id', 'in', deleted).execute();
    if (ended.length > 0) {
      const end = { revoked_at: room.now, revocation_reason: 'session_limit' };
      await db.updateTable('auth_sessions').set(end).where('id', 'in', ended).execute();
    }
    return ended.map((sessionId: SessionId) => ({ sessionId, userId, revokedAt: room.now, reason: 'session_limit' as const }));
  });
}
