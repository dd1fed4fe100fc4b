import type { SessionId } from '../../../core/domain/ids.js';
import { type Instant, secondsToMs } from '../../../core/domain/instant.js';
import type { Clock } from '../../../core/ports/clock.js';
import type { ConnectionIdentity, TicketStore } from '../../../core/ports/sessions/ticket-store.js';

export interface MemoryTicketStoreOptions {
  readonly clock: Clock;
  /** Max number of unused tickets of one session. Above it, the oldest ticket becomes invalid. */
  readonly maxPerSession?: number;
  /** The same limit for all sessions together. */
  readonly maxInAll?: number;
}

interface KeptTicket {
  readonly identity: ConnectionIdentity;
  readonly endsAt: Instant;
}

/** Tickets of one process. Expired tickets are removed as new ones arrive. */
export class MemoryTicketStore implements TicketStore {
  readonly #options: Required<MemoryTicketStoreOptions>;
  /** The oldest ticket comes first, here and in `#ofSession`. */
  readonly #tickets = new Map<string, KeptTicket>();
  readonly #ofSession = new Map<SessionId, Set<string>>();

  constructor({ clock, maxPerSession = 32, maxInAll = 20_000 }: MemoryTicketStoreOptions) {
    this.#options = { clock, maxPerSession, maxInAll };
  }

  /** Number of tickets that are stored. */
  get size(): number {
    return this.#tickets.size;
  }

  async put(ticket: string, identity: ConnectionIdentity, ttlSeconds: number): Promise<void> {
    const { clock, maxPerSession, maxInAll } = this.#options;
    const now = clock.now();
    const ofSession = this.#ofSession.get(identity.sessionId) ?? new Set();
    const [oldestOfSession] = ofSession;
    if (oldestOfSession !== undefined && ofSession.size >= maxPerSession) this.#delete(oldestOfSession);
    for (const [oldest, { endsAt }] of this.#tickets) {
      if (endsAt > now && this.#tickets.size < maxInAll) break;
      this.#delete(oldest);
    }
    this.#tickets.set(ticket, { identity: { ...identity }, endsAt: now + secondsToMs(ttlSeconds) });
    this.#ofSession.set(identity.sessionId, ofSession.add(ticket));
  }

  async take(ticket: string): Promise<ConnectionIdentity | null> {
    const kept = this.#delete(ticket);
    return kept !== null && kept.endsAt > this.#options.clock.now() ? kept.identity : null;
  }

  #delete(ticket: string): KeptTicket | null {
    const kept = this.#tickets.get(ticket);
    if (kept === undefined) return null;
    this.#tickets.delete(ticket);
    const ofSession = this.#ofSession.get(kept.identity.sessionId);
    ofSession?.delete(ticket);
    if (ofSession?.size === 0) this.#ofSession.delete(kept.identity.sessionId);
    return kept;
  }
}
