import { AuthError } from '../../core/domain/auth-error.js';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import type { CloseName } from './close-causes.js';
import { refusedQueryToken } from './presented-credential.js';

/**
 * Returns the close name for an error. `presented` is the credential that was checked, if any. The tokens behind a ticket, or behind a
 * credential that was not checked, may be valid: the client must not discard them. A ticket that does not verify, such as one of a process
 * of the previous version, is replaced at once.
 */
export function closeNameOf(error: unknown, presented?: Presented): CloseName {
  if (!(error instanceof AuthError)) return 'internal_error';
  if (error.detailOf('token_invalid')?.isTicketUnverified) return 'position_lost';
  if (error.code !== 'token_invalid') return error.code;
  if (presented?.kind === 'ticket') return 'ticket_invalid';
  return presented === refusedQueryToken ? 'query_token_refused' : error.code;
}
