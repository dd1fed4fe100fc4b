import type { SessionId, UserId } from '../../domain/ids.js';
import type { Session } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';
import type { SessionPage, SessionPosition } from '../../ports/sessions/session-store.js';

export interface ListSessionsInput extends SessionPage {
  readonly userId: UserId;
  /** The session of the request. */
  readonly sessionId: SessionId;
}

export interface ListedSession {
  readonly session: Session;
  /** Whether it is the session of the request. */
  readonly isCurrent: boolean;
}

export interface ListedSessions {
  readonly sessions: readonly ListedSession[];
  /** Where the next page begins; null after the last page. */
  readonly next: SessionPosition | null;
}

export type ListSessionsPorts = Pick<Ports, 'sessions' | 'clock'>;

/**
 * Lists the user's own live sessions, the most recently used first, a page at a time. A session that is used between two pages moves to the
 * front, and then appears on no later page.
 * @throws AuthError `dependency_unavailable`
 */
export class ListSessions {
  readonly #ports: ListSessionsPorts;

  constructor(ports: ListSessionsPorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId, after, limit }: ListSessionsInput): Promise<ListedSessions> {
    const { sessions, clock } = this.#ports;
    const live = await sessions.listLive(userId, clock.now(), { after, limit: limit + 1 });
    const page = live.slice(0, limit);
    const last = page.at(-1);
    return {
      sessions: page.map((session) => ({ session, isCurrent: session.id === sessionId })),
      next: live.length > limit && last !== undefined ? { lastSeenAt: last.lastSeenAt, id: last.id } : null,
    };
  }
}
