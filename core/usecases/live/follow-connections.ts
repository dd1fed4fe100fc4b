import type { SessionId } from '../../domain/ids.js';
import type { LiveConnections } from '../../ports/live/live-connections.js';
import type { Ports } from '../../ports/ports.js';
import type { ScheduledTask } from '../../ports/scheduler.js';

export type FollowConnectionsPorts = Pick<
  Ports,
  'revocationFeed' | 'revokedSessions' | 'closedConnections' | 'sessions' | 'scheduler' | 'logger'
>;

type Connections = Pick<LiveConnections, 'sessionIds' | 'endSession'>;
type EndCode = Parameters<LiveConnections['endSession']>[1];

/** Together with the half second in which the view of ended sessions learns from the database, this stays within one second. */
const checkEveryMs = 200;

/**
 * Closes the connections of sessions that end. The feed reports an end at once. An end that the feed missed is found in this process's view
 * of ended sessions, which is kept correct from the database.
 */
export class FollowConnections {
  readonly #ports: FollowConnectionsPorts;
  #following: { stop(): Promise<void> } | null = null;
  #checking: ScheduledTask | null = null;

  constructor(ports: FollowConnectionsPorts) {
    this.#ports = ports;
  }

  async start(connections: Connections): Promise<void> {
    const { revocationFeed, scheduler } = this.#ports;
    this.#following = await revocationFeed.follow({
      ended: (revocations) => {
        for (const { sessionId, reason } of revocations) {
          this.#end(sessionId, reason === 'account_disabled' ? 'account_disabled' : 'session_revoked', connections);
        }
      },
      heard: () => {},
      lost: () => {},
    });
    this.#checking = scheduler.every(checkEveryMs, () => this.#check(connections));
  }

  async stop(): Promise<void> {
    await this.#checking?.stop();
    await this.#following?.stop();
  }

  async #check(connections: Connections): Promise<void> {
    const ended = [...connections.sessionIds()].filter((id) => this.#ports.revokedSessions.has(id));
    await Promise.all(ended.map(async (id) => this.#end(id, await this.#codeOf(id), connections)));
  }

  #end(id: SessionId, code: EndCode, connections: Connections): void {
    const closed = connections.endSession(id, code);
    if (closed > 0) void this.#ports.closedConnections.add(id, closed);
  }

  /** Reads the reason from the database, because the view does not hold it. */
  async #codeOf(id: SessionId): Promise<EndCode> {
    try {
      const session = await this.#ports.sessions.find(id);
      return session?.revocationReason === 'account_disabled' ? 'account_disabled' : 'session_revoked';
    } catch (error) {
      this.#ports.logger.debug('why a session ended could not be read', { error });
      return 'session_revoked';
    }
  }
}
