import { type RawBuilder, sql } from 'kysely';
import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { Stores } from '../../../core/ports/unit-of-work.js';
import type { Db } from '../own-entities.js';
import { keyValue } from '../schema-map/user-key.js';
import { DatabaseFault } from '../sql/database-fault.js';
import { heldRowError } from '../sql/driver-errors.js';
import type { StoreTools } from '../store-tools.js';
import { withMethods } from './with-methods.js';

/**
 * Locks the rows of sessions that no other transaction has locked, and returns which those are. Never waits. The statement uses the primary
 * key, however small the table is: a server that scans the table would meet locks on rows of other sessions.
 */
export async function lockFreeSessions(db: Db, ids: readonly SessionId[]): Promise<ReadonlySet<SessionId>> {
  const { rows } = await sql<{ id: SessionId }>`select id from auth_sessions force index (primary)
    where id in (${sql.join(ids)}) order by id for update skip locked`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/**
 * The stores of a transaction that waits for no row of a user, a credential or a session: each call that would lock one fails where another
 * transaction has locked it (`isHeldUp`).
 */
export function withoutWaiting(stores: Stores, { db, existing }: StoreTools): Stores {
  const { users, credentials } = existing.map;
  const user = (id: UserId) => {
    const key = keyValue(id, users.key);
    return key === null ? noRow : requireFree(db, sql`from ${sql.table(users.table)} as u where ${existing.hasKey(key)}`);
  };
  const credential = (id: UserId) => {
    const key = keyValue(id, users.key);
    const isOf = key !== null && existing.isKey('c', credentials.table, credentials.userId, key);
    return isOf === false ? noRow : requireFree(db, sql`from ${sql.table(credentials.table)} as c where ${isOf}`);
  };
  const session = (id: SessionId) => requireFree(db, sql`from auth_sessions where id = ${id}`);
  return {
    ...stores,
    users: withMethods(stores.users, {
      findForUpdate: (id) => user(id).then(() => stores.users.findForUpdate(id)),
      updateProfile: (id, changes) => user(id).then(() => stores.users.updateProfile(id, changes)),
      setEnabled: (id, isEnabled) => user(id).then(() => stores.users.setEnabled(id, isEnabled)),
    }),
    credentials: withMethods(stores.credentials, {
      recordLogin: (login) => credential(login.credential.userId).then(() => stores.credentials.recordLogin(login)),
      replace: (judged, passwordHash) => credential(judged.userId).then(() => stores.credentials.replace(judged, passwordHash)),
    }),
    sessions: withMethods(stores.sessions, {
      rotate: (request) => session(request.sessionId).then(() => stores.sessions.rotate(request)),
      revoke: async (selection, reason, at) => {
        if (selection.kind === 'one') await session(selection.sessionId);
        return await stores.sessions.revoke(selection, reason, at);
      },
    }),
  };
}

const noRow = Promise.resolve();

/** Locks a row, if there is one. */
async function requireFree(db: Db, row: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql`select 1 as free ${row} for update skip locked`.execute(db).catch((error: unknown) => {
    if (error instanceof DatabaseFault) return { rows: [true] }; // a server that cannot skip locked rows: the call itself waits
    throw error;
  });
  if (rows.length > 0) return;
  const { rows: present } = await sql`select 1 as present ${row}`.execute(db);
  if (present.length > 0) throw heldRowError();
}
