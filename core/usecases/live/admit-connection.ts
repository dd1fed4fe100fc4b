import { type AuditEvent, auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import { clockSkewMs, type Instant, secondsToMs, secondsUntil } from '../../domain/instant.js';
import type { Origin } from '../../domain/origin.js';
import { isLive } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';
import type { ConnectionIdentity } from '../../ports/sessions/ticket-store.js';
import { type AuthenticateTokenPorts, authenticateToken } from '../steps/authenticate-token.js';
import { requireEnabled } from '../steps/load-profile.js';

/** What a client presents to open a connection, and by which way. */
export type Presented =
  | { readonly kind: 'token'; readonly via: 'header' | 'query' | 'message'; readonly token: string }
  | { readonly kind: 'ticket'; readonly ticket: string };

export interface AdmitConnectionInput {
  readonly presented: Presented;
  readonly origin: Origin;
}

/** The identity of the connection, and when its admission ends. */
export interface Admission extends ConnectionIdentity {
  /** Whole seconds until `expiresAt`. */
  readonly expiresIn: number;
}

export type AdmitConnectionPorts = AuthenticateTokenPorts & Pick<Ports, 'users' | 'audit' | 'tickets' | 'sessionPolicy'>;

/**
 * Admits a long-lived connection. Unlike for a request, it looks the account up, and it records the admission or the refusal in the audit
 * log. It consumes a ticket, whatever the outcome.
 * @throws AuthError `token_invalid` (also for a ticket that is unknown, used, too old or unverified), `token_expired`, `session_revoked`,
 * `account_disabled`, `dependency_unavailable`
 */
export class AdmitConnection {
  readonly #ports: AdmitConnectionPorts;

  constructor(ports: AdmitConnectionPorts) {
    this.#ports = ports;
  }

  async execute({ presented, origin }: AdmitConnectionInput): Promise<Admission> {
    const via = presented.kind === 'ticket' ? 'ticket' : presented.via;
    let identity: ConnectionIdentity | null = null;
    try {
      identity = await this.#identityOf(presented);
      requireEnabled(await this.#ports.users.find(identity.userId));
    } catch (error) {
      await this.#recordRefusal(error, identity, via, origin);
      throw error;
    }
    const { userId, sessionId, expiresAt } = identity;
    const now = this.#ports.clock.now();
    await this.#ports.audit.record(
      auditEvent({ occurredAt: now, event: 'ws_connect', outcome: 'success', userId, sessionId, origin, details: { via } }),
    );
    return { userId, sessionId, expiresAt, expiresIn: secondsUntil(expiresAt, now) };
  }

  async #identityOf(presented: Presented): Promise<ConnectionIdentity> {
    if (presented.kind === 'token') return authenticateToken(presented.token, this.#ports);
    const identity = await this.#ports.tickets.take(presented.ticket);
    if (identity === null) throw new AuthError('token_invalid');
    if (identity === 'unverified') throw new AuthError('token_invalid', { detail: { isTicketUnverified: true } });
    await this.#requireValid(identity, this.#ports.clock.now());
    return identity;
  }

  /**
   * The stored data of a ticket is trusted less than a signature: the ticket's claim may not outlive an access token, and its session is
   * looked up.
   */
  async #requireValid({ userId, sessionId, expiresAt }: ConnectionIdentity, now: Instant): Promise<void> {
    const { revokedSessions, sessions, sessionPolicy } = this.#ports;
    if (expiresAt <= now) throw new AuthError('token_expired');
    if (expiresAt > now + secondsToMs(sessionPolicy.accessTtlSeconds) + clockSkewMs) throw new AuthError('token_invalid');
    if (revokedSessions.has(sessionId)) throw new AuthError('session_revoked');
    const session = await sessions.find(sessionId);
    if (session !== null && session.userId !== userId) throw new AuthError('token_invalid');
    if (session === null || !isLive(session, now)) throw new AuthError('session_revoked');
  }

  /** A failed dependency is not a refusal. It is logged, not audited. */
  async #recordRefusal(error: unknown, identity: ConnectionIdentity | null, via: string, origin: Origin): Promise<void> {
    if (!(error instanceof AuthError) || error.code === 'dependency_unavailable') return;
    const details: AuditEvent['details'] = { via, reason: error.code };
    const known = identity === null ? {} : { userId: identity.userId, sessionId: identity.sessionId };
    const occurredAt = this.#ports.clock.now();
    await this.#ports.audit.record(
      auditEvent({ occurredAt, event: 'ws_connect', outcome: 'denied', ...known, actor: 'anonymous', origin, details }),
    );
  }
}
