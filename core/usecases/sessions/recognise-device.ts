import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { SessionId } from '../../domain/ids.js';
import type { Ports } from '../../ports/ports.js';
import { findCredential } from '../steps/find-credential.js';

export type RecogniseDevicePorts = Pick<Ports, 'refreshTokens' | 'sessions' | 'credentials'>;

/**
 * Returns the session, live or ended, of a refresh token that was issued to the account with this address. The session identifies the
 * device, as OWASP's device cookie does. Null for any other text, which is no error. A text that is not a genuine token costs no round
 * trip. For a genuine token both reads are made, whatever they return: the time shows neither whether the address has an account nor which
 * account owns the token. Does not check that the token is still valid: it grants no access.
 */
export async function recogniseDevice(token: string, email: EmailAddress, ports: RecogniseDevicePorts): Promise<SessionId | null> {
  const ticket = ports.refreshTokens.open(token);
  if (ticket === null) return null;
  const [session, lookup] = await Promise.all([ports.sessions.find(ticket.sessionId), findCredential(email, ports)]);
  const isOfAccount = session !== null && lookup.kind === 'found' && session.userId === lookup.credential.userId;
  return isOfAccount ? session.id : null;
}
