import { AuthError } from '../../domain/auth-error.js';
import { hex } from '../../domain/hex.js';
import { secondsUntil } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';
import type { ConnectionIdentity } from '../../ports/sessions/ticket-store.js';

export interface Ticket {
  /** 48 hexadecimal digits: 192 random bits. */
  readonly ticket: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export type IssueTicketPorts = Pick<Ports, 'random' | 'clock' | 'tickets'>;

const ttlSeconds = 30;

/**
 * Trades an access token, already authenticated, for a ticket that opens one connection: for clients that cannot present the token itself
 * when they connect. The connection lives no longer than the token.
 * @throws AuthError `token_expired`, `dependency_unavailable`
 */
export class IssueTicket {
  readonly #ports: IssueTicketPorts;

  constructor(ports: IssueTicketPorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId, expiresAt }: ConnectionIdentity): Promise<Ticket> {
    const { random, clock, tickets } = this.#ports;
    const expiresIn = Math.min(ttlSeconds, secondsUntil(expiresAt, clock.now()));
    if (expiresIn === 0) throw new AuthError('token_expired');
    const ticket = hex(random.bytes(24));
    await tickets.put(ticket, { userId, sessionId, expiresAt }, expiresIn);
    return { ticket, expiresIn };
  }
}
