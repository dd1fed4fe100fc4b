import { type Instant, secondsToMs } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';
import type { TicketGrant, TicketStore } from '../../core/ports/ticket-store.js';

interface KeptTicket {
  readonly grant: TicketGrant;
  readonly endsAt: Instant;
}

/** Tickets of one process. Those nobody came with are forgotten as others come. */
export class MemoryTicketStore implements TicketStore {
  readonly #clock: Clock;
  /** The one put first comes first. */
  readonly #tickets = new Map<string, KeptTicket>();

  constructor(options: { readonly clock: Clock }) {
    this.#clock = options.clock;
  }

  /** How many are kept. */
  get size(): number {
    return this.#tickets.size;
  }

  async put(ticket: string, grant: TicketGrant, ttlSeconds: number): Promise<void> {
    const now = this.#clock.now();
    for (const [old, { endsAt }] of this.#tickets) {
      if (endsAt > now) break;
      this.#tickets.delete(old);
    }
    this.#tickets.set(ticket, { grant: { ...grant }, endsAt: now + secondsToMs(ttlSeconds) });
  }

  async take(ticket: string): Promise<TicketGrant | null> {
    const kept = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return kept !== undefined && kept.endsAt > this.#clock.now() ? kept.grant : null;
  }
}
