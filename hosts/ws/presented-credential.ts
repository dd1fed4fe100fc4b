import type { IncomingMessage } from 'node:http';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import { bearerTextOf } from '../http/bearer-token.js';

/** Replaces a token in the query where query tokens are not allowed: the token itself is not passed on or checked. */
export const refusedQueryToken: Presented = { kind: 'token', via: 'query', token: '' };

export interface PresentedOptions {
  readonly areQueryTokensTaken: boolean;
}

/**
 * Returns the credential of an upgrade: from the header first, then a ticket, then a token in the query; null when it is to arrive in the
 * first message.
 */
export function presentedBy(
  request: Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'url'>,
  { areQueryTokensTaken }: PresentedOptions,
): Presented | null {
  const { url = '' } = request;
  const bearer = bearerTextOf(request);
  if (bearer !== null) return { kind: 'token', via: 'header', token: bearer };
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');
  const ticket = query.get('ticket');
  if (ticket !== null) return { kind: 'ticket', ticket };
  const token = query.get('token');
  if (token === null) return null;
  return areQueryTokensTaken ? { kind: 'token', via: 'query', token } : refusedQueryToken;
}
