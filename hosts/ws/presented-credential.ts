import type { IncomingMessage } from 'node:http';
import type { Presented } from '../../core/usecases/admit-connection.js';

/** RFC 6750 §2.1: one b64token. RFC 9110 §11.1: the scheme's case does not count. */
const bearer = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Stands for a token in the query where none is taken: the token itself goes no further, and nothing is found out about it. */
export const refusedQueryToken: Presented = { kind: 'token', via: 'query', token: '' };

export interface PresentedOptions {
  readonly areQueryTokensTaken: boolean;
}

/** What an upgrade shows: the field first, then a ticket, then a token in the query; null when it is to come in the first message. */
export function presentedBy(
  request: Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'url'>,
  { areQueryTokensTaken }: PresentedOptions,
): Presented | null {
  const { headers, url = '' } = request;
  // of two fields `headers` keeps one; the getter that tells them apart reads all of them
  const fields = headers.authorization === undefined ? [] : (request.headersDistinct.authorization ?? []);
  if (fields.some((field) => /^bearer\b/i.test(field))) {
    const [, token] = fields.length === 1 ? (bearer.exec(fields[0] ?? '') ?? []) : [];
    // no token is the empty text, which is none that could be good
    return { kind: 'token', via: 'header', token: token ?? '' };
  }
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');
  const ticket = query.get('ticket');
  if (ticket !== null) return { kind: 'ticket', ticket };
  const token = query.get('token');
  if (token === null) return null;
  return areQueryTokensTaken ? { kind: 'token', via: 'query', token } : refusedQueryToken;
}
