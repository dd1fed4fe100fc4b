import { type AuditEvent, auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { isHashable } from '../../domain/passwords/password-policy.js';
import type { Revocation } from '../../domain/sessions/session.js';
import type { Credential } from '../../ports/accounts/credential-store.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type CountAttemptPorts, countAttempt, forgiveAttempt } from '../steps/count-attempt.js';
import { requireEnabled } from '../steps/load-profile.js';
import { type NewPasswordFaultPorts, newPasswordFault } from '../steps/new-password-fault.js';

export interface ChangePasswordInput {
  readonly userId: UserId;
  /** The session of the request. It stays live. */
  readonly sessionId: SessionId;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly origin: Origin;
  /** Aborted when the client no longer waits for the response: work that is not committed by then is not done. */
  readonly signal?: AbortSignal;
}

interface Judgement {
  readonly credential: Credential;
  /** Whether the new password is the current one. */
  readonly isInForce: boolean;
}

export type ChangePasswordPorts = AnnounceRevocationsPorts &
  CountAttemptPorts &
  NewPasswordFaultPorts &
  Pick<Ports, 'credentials' | 'users' | 'unitOfWork' | 'hasher'>;

/**
 * Changes the password of a user that presents the current one, and ends every other session (OWASP ASVS 5.0 §7.4.3). The transaction
 * checks session and account again, because either may have ended while the passwords were hashed. A new password that is already current
 * is no error, since the request may repeat one whose response was lost: it ends the other sessions.
 * @throws AuthError `validation_failed`, `current_password_wrong`, `session_revoked`, `account_disabled`, `rate_limited`, `overloaded`,
 * `dependency_unavailable`
 */
export class ChangePassword {
  readonly #ports: ChangePasswordPorts;

  constructor(ports: ChangePasswordPorts) {
    this.#ports = ports;
  }

  async execute(input: ChangePasswordInput): Promise<void> {
    await this.#ports.hasher.admit(async () => {
      await this.#requireAllowed(input);
      await this.#change(input);
    });
  }

  /**
   * Runs before the current password is verified, so that a refusal costs no hash. The later steps handle an account that no longer exists.
   */
  async #requireAllowed({ userId, newPassword }: ChangePasswordInput): Promise<void> {
    const owner = await this.#ports.users.find(userId);
    const fault = newPasswordFault(newPassword, owner ?? { email: '' }, this.#ports);
    if (fault !== null) throw new AuthError('validation_failed', { detail: { violations: [{ field: 'newPassword', ...fault }] } });
  }

  async #change(input: ChangePasswordInput): Promise<void> {
    // Counted by session: a stolen access token uses up the attempts of its own session, and of no other device of the user.
    const attempt = { subject: `session-${input.sessionId}`, origin: input.origin };
    await countAttempt(attempt, this.#ports);

    const judged = await this.#judge(input).catch(async (error: unknown) => {
      await forgiveAttempt(attempt, this.#ports); // the password was not verified
      throw error;
    });
    if (judged === null) return this.#refuse(input);
    await forgiveAttempt(attempt, this.#ports);

    // A hash that changed while the password was verified is read and verified once more: this request may repeat the one that changed it.
    const ended = (await this.#carryOut(input, judged)) ?? (await this.#carryOut(input, await this.#judge(input)));
    if (ended === null) return this.#refuse(input);
    await announceRevocations(ended, this.#ports);
  }

  /** Returns the sessions that it ended; null where there is nothing to change, and where the hash changed after it was verified. */
  async #carryOut(input: ChangePasswordInput, judged: Judgement | null): Promise<readonly Revocation[] | null> {
    if (judged === null) return null;
    const { hasher, unitOfWork, clock } = this.#ports;
    const { userId, sessionId, signal } = input;
    const { credential, isInForce } = judged;
    const passwordHash = isInForce ? null : await hasher.hash(input.newPassword);
    const now = clock.now();
    const change = async (stores: Stores): Promise<readonly Revocation[] | null> => {
      if (passwordHash !== null && !(await stores.credentials.replace(credential, passwordHash))) return null;
      await requireSignedIn(input, stores);
      const revocations = await stores.sessions.revoke({ kind: 'of_user', userId, except: sessionId }, 'password_change', now);
      const details = { sessions_ended: revocations.length, ...(isInForce && { repeated: true }) };
      await stores.audit.record(this.#event(input, 'success', details));
      return revocations;
    };
    return await unitOfWork.run(change, signal && { signal }).catch((error: unknown) => this.#recordRefusal(input, error));
  }

  /** Null where the current password is wrong and the new password is not the current one. */
  async #judge({ userId, currentPassword, newPassword }: ChangePasswordInput): Promise<Judgement | null> {
    const { credentials, hasher } = this.#ports;
    const credential = await credentials.findByUser(userId);
    const isPossible = credential !== null && isHashable(currentPassword);
    const { isMatch } = await hasher.verify(currentPassword, isPossible ? credential.passwordHash : null);
    if (credential === null || isMatch) return credential && { credential, isInForce: false };
    const repeated = await hasher.verify(newPassword, credential.passwordHash);
    return repeated.isMatch ? { credential, isInForce: true } : null;
  }

  /** A failed dependency is not a refusal. It is logged, not audited. */
  async #recordRefusal(input: ChangePasswordInput, error: unknown): Promise<never> {
    const isRefusal = error instanceof AuthError && error.code !== 'dependency_unavailable';
    if (isRefusal) await this.#ports.audit.record(this.#event(input, 'denied', { reason: error.code }));
    throw error;
  }

  async #refuse(input: ChangePasswordInput): Promise<never> {
    await this.#ports.audit.record(this.#event(input, 'failure', { reason: 'wrong_password' }));
    throw new AuthError('current_password_wrong');
  }

  #event({ userId, sessionId, origin }: ChangePasswordInput, outcome: AuditEvent['outcome'], details: AuditEvent['details']): AuditEvent {
    return auditEvent({ occurredAt: this.#ports.clock.now(), event: 'password_change', outcome, userId, sessionId, origin, details });
  }
}

/** @throws AuthError `session_revoked`, `account_disabled` */
async function requireSignedIn({ userId, sessionId }: ChangePasswordInput, { users, sessions }: Stores): Promise<void> {
  const session = await sessions.find(sessionId);
  if (session === null || session.revokedAt !== null) throw new AuthError('session_revoked');
  requireEnabled(await users.find(userId));
}
