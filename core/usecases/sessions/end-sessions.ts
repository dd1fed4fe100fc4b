import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import { parseSessionId, type SessionId, type UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';
import type { SessionSelection } from '../../ports/sessions/session-store.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type RunDespiteAuditPorts, runDespiteAudit } from '../steps/run-despite-audit.js';
import { type RequireRecentSessionPorts, requireRecentSession } from './require-recent-session.js';

export interface EndSessionsInput {
  readonly userId: UserId;
  /** The session of the request. */
  readonly sessionId: SessionId;
  /** One session by its id, every session but the current one, or all of them. */
  readonly which: { readonly kind: 'one'; readonly id: string } | { readonly kind: 'others' } | { readonly kind: 'all' };
  readonly origin: Origin;
}

export type EndSessionsPorts = AnnounceRevocationsPorts & RunDespiteAuditPorts & RequireRecentSessionPorts & Pick<Ports, 'sessionPolicy'>;

/**
 * Ends sessions of the user that sends the request, never those of another user. A session of that user that has already ended is no error:
 * the request may be a repeat. A session that is not found is audited as denied.
 * @throws AuthError `not_found` for a session that is unknown or another user's; `reauthentication_required` where the policy requires a
 * recent sign-in, except for the caller's own session; `dependency_unavailable`
 */
export class EndSessions {
  readonly #ports: EndSessionsPorts;

  constructor(ports: EndSessionsPorts) {
    this.#ports = ports;
  }

  async execute(input: EndSessionsInput): Promise<void> {
    const selection = selectionOf(input);
    if (selection === null) return await this.#deny(input, null);
    if (!isOwnOnly(selection, input.sessionId)) {
      await requireRecentSession({ sessionId: input.sessionId, maxAgeSeconds: this.#ports.sessionPolicy.endMaxAgeSeconds }, this.#ports);
    }
    const now = this.#ports.clock.now();
    const about = { occurredAt: now, event: 'session_revoke', outcome: 'success', origin: input.origin } as const;
    const details = { by_session: input.sessionId };
    const ended = await runDespiteAudit(async (stores) => {
      const revocations = await stores.sessions.revoke(selection, 'ended_by_user', now);
      await stores.audit.recordAll(revocations.map(({ userId, sessionId }) => auditEvent({ ...about, userId, sessionId, details })));
      return revocations;
    }, this.#ports);
    if (selection.kind === 'one' && ended.length === 0) return await this.#requireOwn(input, selection.sessionId);
    await announceRevocations(ended, this.#ports);
  }

  async #requireOwn(input: EndSessionsInput, requested: SessionId): Promise<void> {
    const session = await this.#ports.sessions.find(requested);
    if (session?.userId !== input.userId) await this.#deny(input, requested);
  }

  /** The same path for every session that is not found: neither the response nor its time shows whether the session is another user's. */
  async #deny({ userId, sessionId, origin }: EndSessionsInput, requested: SessionId | null): Promise<never> {
    const { audit, clock } = this.#ports;
    const details: Record<string, string> = requested === null ? {} : { requested_session: requested };
    await audit.record(
      auditEvent({ occurredAt: clock.now(), event: 'session_revoke', outcome: 'denied', origin, userId, sessionId, details }),
    );
    throw new AuthError('not_found');
  }
}

/** Ending the caller's own session needs no recent sign-in, as a logout needs none. */
const isOwnOnly = (selection: SessionSelection, sessionId: SessionId): boolean =>
  selection.kind === 'one' && selection.sessionId === sessionId;

/** Null for a text that is not a session id. */
function selectionOf({ userId, sessionId, which }: EndSessionsInput): SessionSelection | null {
  if (which.kind === 'all') return { kind: 'of_user', userId };
  if (which.kind === 'others') return { kind: 'of_user', userId, except: sessionId };
  const id = parseSessionId(which.id);
  return id === null ? null : { kind: 'one', sessionId: id, userId };
}
