import { AuthError } from '../../domain/auth-error.js';
import type { Ports } from '../../ports/ports.js';
import type { AccessClaims } from '../../ports/sessions/token-issuer.js';
import { requireLiveSession } from '../steps/authenticate-token.js';

export type AuthenticateAccessPorts = Pick<Ports, 'tokens' | 'revokedSessions' | 'sessions' | 'clock'>;

/**
 * Identifies the user that presents an access token (RFC 6750). No lookup per request: it checks the signature and this process's view of
 * ended sessions. It queries the database only while that view cannot be trusted. Does not check that the account still exists.
 * @throws AuthError `token_missing`, `token_invalid`, `token_expired`, `session_revoked`, `dependency_unavailable`
 */
export class AuthenticateAccess {
  readonly #ports: AuthenticateAccessPorts;

  constructor(ports: AuthenticateAccessPorts) {
    this.#ports = ports;
  }

  async execute({ token }: { readonly token: string | null }): Promise<AccessClaims> {
    const { tokens, clock } = this.#ports;
    if (token === null) throw new AuthError('token_missing');
    const now = clock.now();
    const verdict = await tokens.verify(token, now);
    if (verdict.kind !== 'valid') throw new AuthError(verdict.kind === 'expired' ? 'token_expired' : 'token_invalid');
    const { claims } = verdict;
    await requireLiveSession(claims.sessionId, now, this.#ports);
    return claims;
  }
}
