import type { SessionId, UserId } from '../domain/ids.js';
import type { Session } from '../domain/session.js';
import type { Ports } from '../ports/ports.js';

export interface ListedSession {
  readonly session: Session;
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

export type ListSessionsPorts = Pick<Ports, 'sessions' | 'clock'>;

/**
 * Shows a person where he is signed in, the session used last first.
 * @throws AuthError `dependency_unavailable`
 */
export class ListSessions {
  readonly #ports: ListSessionsPorts;

  constructor(ports: ListSessionsPorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId }: { readonly userId: UserId; readonly sessionId: SessionId }): Promise<readonly ListedSession[]> {
    const { sessions, clock } = this.#ports;
    const live = await sessions.listLive(userId, clock.now());
    return live.map((session) => ({ session, isCurrent: session.id === sessionId }));
  }
}
