import type { UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { Session } from '../../../core/domain/sessions/session.js';
import type { SessionPage } from '../../../core/ports/sessions/session-store.js';
import type { Db } from '../own-entities.js';
import { sessionOf } from './session-row.js';

export interface LiveSessions {
  readonly id: UserId;
  readonly now: Instant;
  /** All of them without one. */
  readonly page: SessionPage | undefined;
}

/** The live sessions of a user, the one used last first. */
export async function listLive(db: Db, { id, now, page }: LiveSessions): Promise<readonly Session[]> {
  const { after = null, limit } = page ?? {};
  const rows = await db
    .selectFrom('auth_sessions')
    .selectAll()
    .where('user_id', '=', id)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .$if(after !== null, (query) =>
      query.where(({ and, or, eb }) =>
        or([
          eb('last_seen_at', '<', after?.lastSeenAt ?? 0),
          and([eb('last_seen_at', '=', after?.lastSeenAt ?? 0), eb('id', '<', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(sessionOf);
}
