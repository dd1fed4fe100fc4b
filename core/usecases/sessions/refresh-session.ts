import type { User } from '../../domain/accounts/user.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import type { Instant } from '../../domain/instant.js';
import type { Origin } from '../../domain/origin.js';
import type { PlainCode } from '../../domain/refusal-details.js';
import type { RotationOutcome } from '../../domain/sessions/rotation.js';
import type { Revocation, Session } from '../../domain/sessions/session.js';
import type { TokenResponse } from '../../domain/sessions/token-response.js';
import type { RefreshOutcome } from '../../ports/operations/metrics.js';
import type { Ports } from '../../ports/ports.js';
import type { RefreshTokenPayload } from '../../ports/sessions/refresh-token-codec.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type IssueTokensPorts, issueTokens } from '../steps/issue-tokens.js';
import { type RunDespiteAuditPorts, runDespiteAudit } from '../steps/run-despite-audit.js';

export interface RefreshSessionInput {
  readonly refreshToken: string;
  readonly origin: Origin;
  /** Aborted when the client no longer waits for the response: a token that is judged later would be treated as reused. */
  readonly signal?: AbortSignal;
}

export type RefreshSessionPorts = IssueTokensPorts &
  AnnounceRevocationsPorts &
  RunDespiteAuditPorts &
  Pick<Ports, 'sessions' | 'users' | 'clock' | 'metrics'>;

/**
 * Exchanges a refresh token for its successor and a new access token (RFC 6749 §6, RFC 9700 §4.14.2). A token that is presented again
 * because its response was lost gets the same successor. A token that is presented after its successor was used ends the session.
 * @throws AuthError `refresh_invalid`, `refresh_expired`, `refresh_reused`, `account_disabled`, `dependency_unavailable`
 */
export class RefreshSession {
  readonly #ports: RefreshSessionPorts;

  constructor(ports: RefreshSessionPorts) {
    this.#ports = ports;
  }

  async execute({ refreshToken, origin, signal }: RefreshSessionInput): Promise<TokenResponse> {
    const { refreshTokens, clock, metrics, sessions, users } = this.#ports;
    const now = clock.now();
    const ticket = refreshTokens.open(refreshToken);
    if (ticket === null) return this.#refuseUnknown('malformed', now, origin);

    // Read before the unit of work, so that concurrent reads can share a query. The rotation detects any change since this read.
    const session = await sessions.find(ticket.sessionId);
    if (session === null) return this.#refuseUnknown('unknown', now, origin);
    const user = await users.find(session.userId);
    const presented = { ticket, session, user, now, origin, ...(signal && { signal }) };
    const options = { sessionId: session.id, ...(signal && { signal }) };
    const judged = await runDespiteAudit((stores) => this.#judge(presented, stores), this.#ports, options);
    if (judged.kind === 'unknown') return this.#refuseUnknown('unknown', now, origin);
    await announceRevocations(judged.ended, this.#ports);
    if (judged.kind === 'refused') return this.#refuse(judged.cause, judged.code);
    metrics.refreshJudged(judged.kind);
    return issueTokens(judged.session, now, this.#ports);
  }

  async #judge({ ticket, session: seen, user, now, origin, signal }: Presented, stores: Stores): Promise<Judgement> {
    const outcome = await stores.sessions.rotate({
      ...ticket,
      ...{ seen, now, origin, policy: this.#ports.sessionPolicy },
      ...(signal && { signal }),
    });
    if (outcome.kind === 'unknown') return { kind: 'unknown' };
    const { session } = outcome;
    const about = { occurredAt: now, userId: session.userId, sessionId: session.id, origin };
    if (outcome.kind !== 'rotated' && outcome.kind !== 'repeated') {
      const event = outcome.kind === 'reused' ? 'refresh_reuse' : 'refresh';
      const details = { reason: outcome.kind, presented: ticket.counter, current: session.counter };
      await stores.audit.record(auditEvent({ ...about, event, outcome: 'denied', actor: 'anonymous', details }));
      const ended = outcome.kind === 'reused' ? [revocationOf(session)] : [];
      return { kind: 'refused', cause: outcome.kind, code: refusals[outcome.kind], ended };
    }
    if (user === null || !user.isEnabled) {
      const ended = await stores.sessions.revoke({ kind: 'one', sessionId: session.id }, 'account_disabled', now);
      await stores.audit.record(auditEvent({ ...about, event: 'refresh', outcome: 'denied', details: { reason: 'account_disabled' } }));
      return { kind: 'refused', cause: 'account_disabled', code: user === null ? 'refresh_invalid' : 'account_disabled', ended };
    }
    const details = { repeated: outcome.kind === 'repeated' };
    await stores.audit.record(auditEvent({ ...about, event: 'refresh', outcome: 'success', details }));
    return { kind: outcome.kind, session, ended: [] };
  }

  /** The token belongs to no session, so the audit row names no user and no session. */
  async #refuseUnknown(reason: 'malformed' | 'unknown', occurredAt: number, origin: Origin): Promise<never> {
    await this.#ports.audit.record(auditEvent({ occurredAt, event: 'refresh', outcome: 'failure', origin, details: { reason } }));
    return this.#refuse(reason, 'refresh_invalid');
  }

  #refuse(cause: RefreshOutcome, code: PlainCode): never {
    this.#ports.metrics.refreshJudged(cause);
    throw new AuthError(code);
  }
}

/** A refresh token with the data read for it. */
interface Presented {
  readonly ticket: RefreshTokenPayload;
  readonly session: Session;
  readonly user: User | null;
  readonly now: Instant;
  readonly origin: Origin;
  readonly signal?: AbortSignal;
}

type Judgement =
  | { readonly kind: 'rotated' | 'repeated'; readonly session: Session; readonly ended: readonly Revocation[] }
  | { readonly kind: 'refused'; readonly cause: RefreshOutcome; readonly code: PlainCode; readonly ended: readonly Revocation[] }
  | { readonly kind: 'unknown' };

const refusals = {
  reused: 'refresh_reused',
  expired: 'refresh_expired',
  revoked: 'refresh_invalid',
} as const satisfies Record<Exclude<RotationOutcome['kind'], 'rotated' | 'repeated' | 'unknown'>, PlainCode>;

function revocationOf(session: Session): Revocation {
  return {
    sessionId: session.id,
    userId: session.userId,
    revokedAt: session.revokedAt ?? session.lastSeenAt,
    reason: session.revocationReason ?? 'reuse',
  };
}
