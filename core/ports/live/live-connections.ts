import type { SessionId, UserId } from '../../domain/ids.js';
import type { EventPosition, LiveEvent } from '../../domain/live/live-event.js';

/** The connections of one process. The host implements this for the core. */
export interface LiveConnections {
  /** The users that have a connection. */
  userIds(): Iterable<UserId>;

  /** The sessions that have a connection. */
  sessionIds(): Iterable<SessionId>;

  /** Sends an event to every connection of a user. */
  deliver(userId: UserId, event: LiveEvent): void;

  /** Notifies every connection of a user that events before `position` were lost. */
  tellLoss(userId: UserId, position: EventPosition): void;

  /** Closes every connection of a session that ended, and returns the number of connections. */
  endSession(id: SessionId, code: 'session_revoked' | 'account_disabled'): number;
}
