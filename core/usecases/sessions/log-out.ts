import { auditEvent } from '../../domain/audit/audit-event.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type RunDespiteAuditPorts, runDespiteAudit } from '../steps/run-despite-audit.js';

export interface LogOutInput {
  readonly refreshToken: string;
  readonly origin: Origin;
}

export type LogOutPorts = AnnounceRevocationsPorts & RunDespiteAuditPorts & Pick<Ports, 'refreshTokens' | 'clock'>;

/**
 * Ends the session of a refresh token, whichever of the session's tokens it is. A token that is unknown, or whose session has already
 * ended, is no error (RFC 7009 §2.2): the state is what the caller wants.
 * @throws AuthError `dependency_unavailable`
 */
export class LogOut {
  readonly #ports: LogOutPorts;

  constructor(ports: LogOutPorts) {
    this.#ports = ports;
  }

  async execute({ refreshToken, origin }: LogOutInput): Promise<void> {
    const { refreshTokens, clock } = this.#ports;
    const ticket = refreshTokens.open(refreshToken);
    if (ticket === null) return;
    const now = clock.now();
    const ended = await runDespiteAudit(async (stores) => {
      const revocations = await stores.sessions.revoke({ kind: 'one', sessionId: ticket.sessionId }, 'logout', now);
      for (const { userId, sessionId } of revocations) {
        await stores.audit.record(auditEvent({ occurredAt: now, event: 'logout', outcome: 'success', userId, sessionId, origin }));
      }
      return revocations;
    }, this.#ports);
    await announceRevocations(ended, this.#ports);
  }
}
