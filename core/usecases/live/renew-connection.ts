import { AuthError } from '../../domain/auth-error.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import { secondsUntil } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';
import { type AuthenticateTokenPorts, authenticateToken } from '../steps/authenticate-token.js';
import { requireEnabled } from '../steps/load-profile.js';
import type { Admission } from './admit-connection.js';

export interface RenewConnectionInput {
  /** The user of the connection. */
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly token: string;
}

export type RenewConnectionPorts = AuthenticateTokenPorts & Pick<Ports, 'users'>;

/**
 * Extends an open connection with a newer token of the same user and session. Looks the account up again.
 * @throws AuthError `token_invalid`, `token_expired`, `forbidden` for a valid token of another user or of another session,
 * `session_revoked`, `account_disabled`, `dependency_unavailable`
 */
export class RenewConnection {
  readonly #ports: RenewConnectionPorts;

  constructor(ports: RenewConnectionPorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId, token }: RenewConnectionInput): Promise<Admission> {
    const { users, clock } = this.#ports;
    const claims = await authenticateToken(token, this.#ports);
    if (claims.userId !== userId || claims.sessionId !== sessionId) throw new AuthError('forbidden');
    requireEnabled(await users.find(userId));
    return { userId, sessionId, expiresAt: claims.expiresAt, expiresIn: secondsUntil(claims.expiresAt, clock.now()) };
  }
}
