import type { SessionId, UserId } from '../../domain/ids.js';
import type { EventPosition, LiveEvent } from '../../domain/live/live-event.js';

/** The connections that one process holds, as their host shows them to the core. */
export interface LiveConnections {
  /** Who is connected. */
  userIds(): Iterable<UserId>;

  /** Whose session is connected. */
  sessionIds(): Iterable<SessionId>;

  /** Passes an event on to every connection of a user. */
  deliver(userId: UserId, event: LiveEvent): void;

  /** Tells every connection of a user that events were lost before `position`. */
  tellLoss(userId: UserId, position: EventPosition): void;

  /** Closes every connection of a session that ended, and says how many these were. */
  endSession(id: SessionId, code: 'session_revoked' | 'account_disabled'): number;
}
