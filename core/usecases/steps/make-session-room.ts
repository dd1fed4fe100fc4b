import { auditEvent } from '../../domain/audit/audit-event.js';
import { type Instant, secondsToMs } from '../../domain/instant.js';
import type { Origin } from '../../domain/origin.js';
import { maxSessionsPerUser, type Revocation, type Session, type SessionPolicy } from '../../domain/sessions/session.js';
import type { Stores } from '../../ports/unit-of-work.js';

export interface MakeSessionRoomInput {
  /** The session that is to be opened. */
  readonly bySession: Pick<Session, 'id' | 'userId'>;
  readonly now: Instant;
  readonly origin: Origin;
}

/** After the lifetime of an access token plus this time, every process has learned that a session ended. */
const settlingMs = 60_000;

/**
 * Keeps the number of a user's sessions, ended ones included, within `maxSessionsPerUser`, in the unit of work that opens another one.
 * Returns the sessions that it ended, for `announceRevocations` after the commit.
 */
export async function makeSessionRoom(
  { bySession: { id, userId }, now, origin }: MakeSessionRoomInput,
  { sessions, audit }: Pick<Stores, 'sessions' | 'audit'>,
  { accessTtlSeconds }: SessionPolicy,
): Promise<readonly Revocation[]> {
  const forgetBefore = now - secondsToMs(accessTtlSeconds) - settlingMs;
  const ended = await sessions.makeRoom(userId, { max: maxSessionsPerUser, now, forgetBefore });
  const about = { occurredAt: now, event: 'session_revoke', outcome: 'success', userId, actor: 'system', origin } as const;
  await audit.recordAll(ended.map(({ sessionId, reason }) => auditEvent({ ...about, sessionId, details: { reason, by_session: id } })));
  return ended;
}
