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
  /** The session that asks: the one that lives on. */
  readonly sessionId: SessionId;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly origin: Origin;
  /** Aborted once the client no longer waits for the response: what is not committed then is not done. */
  readonly signal?: AbortSignal;
}

interface Judgement {
  readonly credential: Credential;
  /** Whether the new password is the one in force. */
  readonly isInForce: boolean;
}

export type ChangePasswordPorts = AnnounceRevocationsPorts &
  CountAttemptPorts &
  NewPasswordFaultPorts &
  Pick<Ports, 'credentials' | 'users' | 'unitOfWork' | 'hasher'>;

/**
 * Changes the password of a user that presents the current one, and ends every other session (OWASP ASVS 5.0 §7.4.3). Session and
 * account are judged again in the transaction: either may have ended while the passwords were hashed. A new password that is in force
 * already is no error, since the request may repeat one whose answer was lost: it ends the other sessions.
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

  /** Comes before the current password, so that a refusal costs no hash. An account that is gone is left to the steps that follow. */
  async #requireAllowed({ userId, newPassword }: ChangePasswordInput): Promise<void> {
    const owner = await this.#ports.users.find(userId);
    const fault = newPasswordFault(newPassword, owner ?? { email: '' }, this.#ports);
    if (fault !== null) throw new AuthError('validation_failed', { detail: { violations: [{ field: 'newPassword', ...fault }] } });
  }

  async #change(input: ChangePasswordInput): Promise<void> {
    // By session: a stolen access token uses up the attempts of its own session, and of no other device of the person.
    const attempt = { subject: `session-${input.sessionId}`, origin: input.origin };
    await countAttempt(attempt, this.#ports);

    const judged = await this.#judge(input).catch(async (error: unknown) => {
      await forgiveAttempt(attempt, this.#ports); // nobody judged it
      throw error;
    });
    if (judged === null) return this.#refuse(input);
    await forgiveAttempt(attempt, this.#ports);

    // A hash that changed while it was judged is judged once more: this request may be the repeat of the one that changed it.
    const ended = (await this.#carryOut(input, judged)) ?? (await this.#carryOut(input, await this.#judge(input)));
    if (ended === null) return this.#refuse(input);
    await announceRevocations(ended, this.#ports);
  }

  /** Returns the sessions that it ended; null where nothing is to be carried out, and where the hash was changed since it was judged. */
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

  /** Null where the current password is wrong, and the new one is not the one in force. */
  async #judge({ userId, currentPassword, newPassword }: ChangePasswordInput): Promise<Judgement | null> {
    const { credentials, hasher } = this.#ports;
    const credential = await credentials.findByUser(userId);
    const isPossible = credential !== null && isHashable(currentPassword);
    const { isMatch } = await hasher.verify(currentPassword, isPossible ? credential.passwordHash : null);
    if (credential === null || isMatch) return credential && { credential, isInForce: false };
    const repeated = await hasher.verify(newPassword, credential.passwordHash);
    return repeated.isMatch ? { credential, isInForce: true } : null;
  }

  /** What broke underneath is no refusal: it is in the log, not in the audit. */
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
