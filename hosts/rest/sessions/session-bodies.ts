import type { ListedSession, ListedSessions } from '../../../core/usecases/sessions/list-sessions.js';
import { instantText } from '../instant-text.js';
import { sessionCursor } from './session-cursor.js';

/** One login on one device. */
export interface SessionBody {
  /** @example "019c8b6e-ad04-738a-93a8-69b5c64e5df0" */
  id: string;
  /** @example "Camille's phone" */
  device_name: string | null;
  /** @example "MoveApp/4.2 (Android 16)" */
  user_agent: string | null;
  /** @example "192.0.2.7" */
  ip: string | null;
  /**
   * @format date-time
   * @example "2026-01-31T12:00:00.000Z"
   */
  created_at: string;
  /**
   * The last login or refresh.
   * @format date-time
   * @example "2026-02-01T07:30:00.000Z"
   */
  last_seen_at: string;
  /**
   * The end of the session, unless it is refreshed before.
   * @format date-time
   * @example "2026-02-02T07:30:00.000Z"
   */
  expires_at: string;
  /** Whether it is the session of the request. */
  current: boolean;
}

/** The live sessions of a user, the most recently used first. */
export interface SessionsBody {
  /**
   * The cursor of the next page; null after the last page.
   * @example "19c174a3e80.019c8b6e-ad04-738a-93a8-69b5c64e5df0"
   */
  next_cursor: string | null;
  items: SessionBody[];
}

export const sessionsBody = ({ sessions, next }: ListedSessions): SessionsBody => ({
  next_cursor: next && sessionCursor(next),
  items: sessions.map(sessionBody),
});

function sessionBody({ session, isCurrent }: ListedSession): SessionBody {
  return {
    id: session.id,
    device_name: session.deviceName,
    user_agent: session.userAgent,
    ip: session.ip,
    created_at: instantText(session.createdAt),
    last_seen_at: instantText(session.lastSeenAt),
    expires_at: instantText(session.idleExpiresAt),
    current: isCurrent,
  };
}
