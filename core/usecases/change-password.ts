import { type AuditEvent, auditEvent } from '../domain/audit-event.js';
import { AuthError } from '../domain/auth-error.js';
import type { SessionId, UserId } from '../domain/ids.js';
import type { Origin } from '../domain/origin.js';
import { isHashable, passwordFault } from '../domain/password-policy.js';
import type { Credential } from '../ports/credential-store.js';
import type { Ports } from '../ports/ports.js';
import { type AnnounceRevocationsPorts, announceRevocations } from './announce-revocations.js';
import { type CountAttemptPorts, countAttempt, forgiveAttempt } from './count-attempt.js';

export interface ChangePasswordInput {
  readonly userId: UserId;
  /** The session that asks: the one that lives on. */
  readonly sessionId: SessionId;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly origin: Origin;
}

export type ChangePasswordPorts = AnnounceRevocationsPorts &
  CountAttemptPorts &
  Pick<Ports, 'credentials' | 'unitOfWork' | 'hasher' | 'passwordPolicy'>;

/**
 * Changes a password for who knows the current one, and ends every other session (OWASP ASVS 5.0 §7.4.3).
 * @throws AuthError `validation_failed`, `invalid_credentials`, `rate_limited`, `overloaded`, `dependency_unavailable`
 */
export class ChangePassword {
  readonly #ports: ChangePasswordPorts;

  constructor(ports: ChangePasswordPorts) {
    this.#ports = ports;
  }

  async execute(input: ChangePasswordInput): Promise<void> {
    const fault = passwordFault(input.newPassword, this.#ports.passwordPolicy);
    if (fault !== null) throw new AuthError('validation_failed', { violations: [{ field: 'newPassword', rule: fault }] });
    await this.#ports.hasher.admit(() => this.#change(input));
  }

  async #change(input: ChangePasswordInput): Promise<void> {
    const { hasher, unitOfWork, clock } = this.#ports;
    const { userId, sessionId } = input;
    const attempt = await countAttempt({ subject: `user-${userId}`, origin: input.origin }, this.#ports);

    const credential = await this.#judge(input).catch(async (error: unknown) => {
      await forgiveAttempt(attempt, this.#ports); // nobody judged it
      throw error;
    });
    if (credential === null) return this.#refuse(input);
    await forgiveAttempt(attempt, this.#ports);

    const passwordHash = await hasher.hash(input.newPassword);
    const now = clock.now();
    const ended = await unitOfWork.run(async (stores) => {
      if (!(await stores.credentials.replace(credential, passwordHash))) return null;
      const revocations = await stores.sessions.revoke({ kind: 'of_user', userId, except: sessionId }, 'password_change', now);
      await stores.audit.record(this.#event(input, 'success', { sessions_ended: revocations.length }));
      return revocations;
    });
    if (ended === null) return this.#refuse(input);
    await announceRevocations(ended, this.#ports);
  }

  /** Null for a wrong password. */
  async #judge({ userId, currentPassword }: ChangePasswordInput): Promise<Credential | null> {
    const { credentials, hasher } = this.#ports;
    const credential = await credentials.findByUser(userId);
    const isPossible = credential !== null && isHashable(currentPassword);
    const { isMatch } = await hasher.verify(currentPassword, isPossible ? credential.passwordHash : null);
    return isMatch ? credential : null;
  }

  async #refuse(input: ChangePasswordInput): Promise<never> {
    await this.#ports.audit.record(this.#event(input, 'failure', { reason: 'wrong_password' }));
    throw new AuthError('invalid_credentials');
  }

  #event({ userId, sessionId, origin }: ChangePasswordInput, outcome: AuditEvent['outcome'], details: AuditEvent['details']): AuditEvent {
    return auditEvent({ occurredAt: this.#ports.clock.now(), event: 'password_change', outcome, userId, sessionId, origin, details });
  }
}
