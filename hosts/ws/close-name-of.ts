import { AuthError } from '../../core/domain/auth-error.js';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import type { CloseName } from './close-causes.js';
import { refusedQueryToken } from './presented-credential.js';

/**
 * As what a connection is closed for an error; `presented` is the credential that was judged, if one was. The tokens behind a ticket, or
 * behind what was not looked at, may be good: the client must not discard them. A ticket that does not verify, as one of a process of the
 * version before does not, is replaced at once.
 */
export function closeNameOf(error: unknown, presented?: Presented): CloseName {
  if (!(error instanceof AuthError)) return 'internal_error';
  if (error.detailOf('token_invalid')?.isTicketUnverified) return 'position_lost';
  if (error.code !== 'token_invalid') return error.code;
  if (presented?.kind === 'ticket') return 'ticket_invalid';
  return presented === refusedQueryToken ? 'query_token_refused' : error.code;
}
