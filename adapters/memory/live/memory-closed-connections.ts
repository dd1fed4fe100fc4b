import type { SessionId } from '../../../core/domain/ids.js';
import { type Instant, secondsToMs } from '../../../core/domain/instant.js';
import type { Clock } from '../../../core/ports/clock.js';
import type { ClosedConnections } from '../../../core/ports/live/closed-connections.js';

const keptMs = secondsToMs(60);
/** Max number of sessions that are counted at once. */
const maxSessions = 20_000;

/** Counts the connections of one process, in which an end is known at once. */
export class MemoryClosedConnections implements ClosedConnections {
  readonly #clock: Clock;
  /** The session whose last addition is oldest comes first. */
  readonly #counts = new Map<SessionId, { readonly count: number; readonly endsAt: Instant }>();

  constructor(options: { readonly clock: Clock }) {
    this.#clock = options.clock;
  }

  /** Number of sessions that are counted. */
  get size(): number {
    return this.#counts.size;
  }

  async add(sessionId: SessionId, count: number): Promise<void> {
    this.#forget();
    const sum = count + (this.#counts.get(sessionId)?.count ?? 0);
    this.#counts.delete(sessionId);
    this.#counts.set(sessionId, { count: sum, endsAt: this.#clock.now() + keptMs });
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined && this.#counts.size > maxSessions) this.#counts.delete(oldest);
  }

  async settledCount(sessionIds: readonly SessionId[]): Promise<number> {
    this.#forget();
    return sessionIds.reduce((sum, id) => sum + (this.#counts.get(id)?.count ?? 0), 0);
  }

  #forget(): void {
    const now = this.#clock.now();
    for (const [id, { endsAt }] of this.#counts) {
      if (endsAt > now) break;
      this.#counts.delete(id);
    }
  }
}
