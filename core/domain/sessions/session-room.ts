import type { SessionId } from '../ids.js';
import type { Instant } from '../instant.js';
import { isLive, type Session } from './session.js';

/** Number of sessions that a user may have after one more is opened. */
export interface SessionRoom {
  readonly max: number;
  readonly now: Instant;
  /** A session that ended before this may be deleted: none of its access tokens is still valid. */
  readonly forgetBefore: Instant;
}

/** The sessions that make room for one more, in no order. */
export interface Displaced {
  readonly deleted: readonly SessionId[];
  readonly ended: readonly SessionId[];
}

type Candidate = Pick<Session, 'id' | 'revokedAt' | 'idleExpiresAt' | 'lastSeenAt'>;

/**
 * Deletes the sessions that ended longest ago. Where that is not enough, ends the least recently used live sessions. `sessions` are all
 * sessions of one user. Recently ended sessions stay, even beyond `max`: other processes still have to learn of their end.
 */
export function displaced(sessions: readonly Candidate[], { max, now, forgetBefore }: SessionRoom): Displaced {
  const excess = sessions.length + 1 - max;
  if (excess <= 0) return { deleted: [], ended: [] };
  const over = sessions.filter((session) => endOf(session) < forgetBefore).toSorted((one, other) => endOf(one) - endOf(other));
  const deleted = over.slice(0, excess);
  const live = sessions.filter((session) => isLive(session, now)).toSorted((one, other) => one.lastSeenAt - other.lastSeenAt);
  const ended = live.slice(0, Math.max(0, live.length + 1 - max));
  return { deleted: deleted.map(({ id }) => id), ended: ended.map(({ id }) => id) };
}

const endOf = ({ revokedAt, idleExpiresAt }: Candidate): Instant => Math.min(revokedAt ?? idleExpiresAt, idleExpiresAt);
