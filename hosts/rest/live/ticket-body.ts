import type { Ticket } from '../../../core/usecases/sessions/issue-ticket.js';

/** A ticket that opens one WebSocket. */
export interface TicketBody {
  /**
   * For `GET /ws?ticket=…`: works once.
   * @example "5f1c0e9a7b3d4c2e8f6a1b0d9c7e5f3a2b4d6c8e0f1a3b5c"
   */
  ticket: string;
  /**
   * Seconds until it expires.
   * @isInt
   * @example 30
   */
  expires_in: number;
}

export const ticketBody = ({ ticket, expiresIn }: Ticket): TicketBody => ({ ticket, expires_in: expiresIn });
