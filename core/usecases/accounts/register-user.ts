import { type EmailAddress, typedEmailForm } from '../../domain/accounts/email-address.js';
import { type AuditEvent, auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError, isRefusal } from '../../domain/auth-error.js';
import { sessionIdFrom } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { isUndelivered, newSession } from '../../domain/sessions/session.js';
import { tidyLine } from '../../domain/text.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { findCredential } from '../steps/find-credential.js';
import { type IssueTokensPorts, issueTokens } from '../steps/issue-tokens.js';
import type { NewPasswordFaultPorts } from '../steps/new-password-fault.js';
import { type SignInPorts, signIn } from '../steps/sign-in.js';
import type { SignedIn } from '../steps/signed-in.js';
import { isTableRefusal, refusalDetails } from '../steps/table-refusal.js';
import { UndeliveredSessions, type UndeliveredSessionsPorts } from '../steps/undelivered-sessions.js';
import { parseRegistration, type Registration } from './parse-registration.js';

export interface RegisterUserInput {
  readonly email: string;
  readonly password: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly deviceName?: string | null;
  readonly origin: Origin;
  /** Aborts when the client no longer waits for the response. Work that is not committed by then is not done. */
  readonly signal?: AbortSignal;
}

/** Max number of repeats of one registration: the response of each repeat may be lost as well. */
const maxRepeats = 10;

export type RegisterUserPorts = IssueTokensPorts &
  NewPasswordFaultPorts &
  SignInPorts &
  UndeliveredSessionsPorts &
  Pick<Ports, 'users' | 'sessions' | 'audit' | 'unitOfWork' | 'hasher' | 'keyedDigest' | 'clock'>;

/**
 * Opens an account and signs it in. One transaction writes the user's row, the password hash, the session and the audit row.
 * A client that got `dependency_unavailable` may repeat its registration, although the first one may have committed. The repeat signs in
 * when it has the same password, comes within ten minutes, and no tokens of the account were delivered.
 * @throws AuthError `validation_failed` (also when the table of accounts rejects a value), `email_taken`, `overloaded`,
 * `dependency_unavailable`; for a repeat also the codes of `signIn`
 */
export class RegisterUser {
  readonly #ports: RegisterUserPorts;
  readonly #undelivered: UndeliveredSessions;

  constructor(ports: RegisterUserPorts) {
    this.#ports = ports;
    this.#undelivered = new UndeliveredSessions(ports);
  }

  async execute(input: RegisterUserInput): Promise<SignedIn> {
    const registration = parseRegistration(input, this.#ports);
    const registered = await this.#ports.hasher.admit(() => this.#register(input, registration));
    return registered ?? (await this.#repeat(input, registration.email)) ?? (await this.#refuse(registration.email, input.origin));
  }

  /** Returns null when another account has the address. */
  async #register(input: RegisterUserInput, { email, names }: Registration): Promise<SignedIn | null> {
    const { users, hasher, clock, random, sessionPolicy, unitOfWork } = this.#ports;
    const { origin, signal } = input;
    if (await users.hasEmail(email)) return null;

    const passwordHash = await hasher.hash(input.password);
    const now = clock.now();
    const open = async (stores: Stores) => {
      const typedEmail = typedEmailForm(input.email, email);
      const person = { email, typedEmail, firstName: null, lastName: null, phone: null, ...names, createdAt: now };
      const insertion = await stores.users.insert(person);
      if (insertion.kind === 'email_taken') throw new AuthError('email_taken');
      const { user } = insertion;
      const id = sessionIdFrom(now, random.bytes(10));
      const session = newSession({ id, userId: user.id, deviceName: tidyLine(input.deviceName, 100), origin, now }, sessionPolicy);
      await stores.credentials.add(user.id, passwordHash);
      await stores.sessions.open(session);
      await stores.audit.record(
        auditEvent({ occurredAt: now, event: 'register', outcome: 'success', userId: user.id, sessionId: id, origin }),
      );
      return { user, session };
    };
    const opened = await this.#undelivered
      .open(open, (work) => unitOfWork.run(work, signal && { signal }), signal)
      .catch((error: unknown) => (isRefusal(error, 'email_taken') ? null : this.#recordRefusal(error, email, origin)));
    return opened && { tokens: await issueTokens(opened.session, now, this.#ports), profile: { user: opened.user, subscription: null } };
  }

  /**
   * Signs in when a registration whose response was not delivered opened the account that has the address. Returns null for any other
   * account, and for a wrong password.
   */
  async #repeat({ password, deviceName = null, origin, signal }: RegisterUserInput, email: EmailAddress): Promise<SignedIn | null> {
    const { sessions, hasher, clock } = this.#ports;
    const lookup = await findCredential(email, this.#ports);
    if (lookup.kind !== 'found') return null;
    const { userId } = lookup.credential;
    await this.#undelivered.settle(userId);
    const all = await sessions.listAll(userId, maxRepeats + 1);
    const isRepeat = all.length > 0 && all.length <= maxRepeats && all.every((session) => isUndelivered(session, clock.now()));
    if (!isRepeat) return null;
    const input = { email, addressDigest: this.#digestOf(email), password, deviceName, origin, ...(signal && { signal }) };
    return await hasher
      .admit(() => signIn(input, this.#undelivered, this.#ports))
      .catch((error: unknown) => (isRefusal(error, 'invalid_credentials') ? null : Promise.reject(error)));
  }

  /** Records a refusal of the table after the transaction, because the rollback leaves no row of it. */
  async #recordRefusal(error: unknown, email: EmailAddress, origin: Origin): Promise<never> {
    if (isTableRefusal(error)) await this.#record(refusalDetails(error), email, origin);
    throw error;
  }

  async #refuse(email: EmailAddress, origin: Origin): Promise<never> {
    await this.#record({ reason: 'email_taken' }, email, origin);
    throw new AuthError('email_taken');
  }

  async #record(refusal: AuditEvent['details'], email: EmailAddress, origin: Origin): Promise<void> {
    const { audit, clock } = this.#ports;
    const details = { ...refusal, address: this.#digestOf(email) };
    await audit.record(auditEvent({ occurredAt: clock.now(), event: 'register', outcome: 'failure', origin, details }));
  }

  /** The audit log records this digest in place of the address, and the rate limit counts attempts under it. */
  #digestOf(email: EmailAddress): string {
    return this.#ports.keyedDigest.digest('address', email);
  }
}
