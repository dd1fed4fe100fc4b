import { auditEvent } from '../domain/audit-event.js';
import { AuthError, type Violation } from '../domain/auth-error.js';
import { type EmailAddress, parseEmail } from '../domain/email-address.js';
import type { Grant } from '../domain/grant.js';
import { sessionIdFrom } from '../domain/ids.js';
import type { Origin } from '../domain/origin.js';
import type { Profile } from '../domain/profile.js';
import { parseProfileChanges } from '../domain/profile-fields.js';
import { newSession } from '../domain/session.js';
import { tidyLine } from '../domain/text.js';
import type { Ports } from '../ports/ports.js';
import { type IssueGrantPorts, issueGrant } from './issue-grant.js';
import { type NewPasswordFaultPorts, newPasswordFault } from './new-password-fault.js';

export interface RegisterUserInput {
  readonly email: string;
  readonly password: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly deviceName?: string | null;
  readonly origin: Origin;
}

export interface SignedIn {
  readonly grant: Grant;
  readonly profile: Profile;
}

interface Parsed {
  readonly email: EmailAddress;
  readonly names: ReturnType<typeof parseProfileChanges>['changes'];
}

export type RegisterUserPorts = IssueGrantPorts &
  NewPasswordFaultPorts &
  Pick<Ports, 'users' | 'audit' | 'unitOfWork' | 'hasher' | 'keyedDigest' | 'clock'>;

/**
 * Opens an account and signs it in: the row of the person, the password hash, the session and the audit row are one transaction.
 * @throws AuthError `validation_failed`, `email_taken`, `overloaded`, `dependency_unavailable`
 */
export class RegisterUser {
  readonly #ports: RegisterUserPorts;

  constructor(ports: RegisterUserPorts) {
    this.#ports = ports;
  }

  async execute(input: RegisterUserInput): Promise<SignedIn> {
    const parsed = this.#parse(input);
    return this.#ports.hasher.admit(() => this.#register(input, parsed));
  }

  async #register(input: RegisterUserInput, { email, names }: Parsed): Promise<SignedIn> {
    const { users, hasher, clock, random, sessionPolicy, unitOfWork } = this.#ports;
    const { origin } = input;
    if (await users.hasEmail(email)) return this.#refuse(email, origin);

    const passwordHash = await hasher.hash(input.password);
    const now = clock.now();
    const opened = await unitOfWork
      .run(
        async (stores) => {
          const insertion = await stores.users.insert({ email, firstName: null, lastName: null, phone: null, ...names, createdAt: now });
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
        },
        { subject: email },
      )
      .catch((error: unknown) => (isEmailTaken(error) ? this.#refuse(email, origin) : Promise.reject(error)));

    return { grant: await issueGrant(opened.session, now, this.#ports), profile: { user: opened.user, subscription: null } };
  }

  #parse(input: RegisterUserInput): Parsed {
    const email = parseEmail(input.email);
    const { changes, violations } = parseProfileChanges(input);
    const fault = newPasswordFault(input.password, { email: input.email, ...changes }, this.#ports);
    const all: readonly Violation[] = [
      ...(email === null ? [{ field: 'email', rule: 'an e-mail address' }] : []),
      ...(fault === null ? [] : [{ field: 'password', ...fault }]),
      ...violations,
    ];
    if (email === null || all.length > 0) throw new AuthError('validation_failed', { violations: all });
    return { email, names: changes };
  }

  async #refuse(email: EmailAddress, origin: Origin): Promise<never> {
    const { audit, clock, keyedDigest } = this.#ports;
    const details = { reason: 'email_taken', address: keyedDigest.digest('address', email) };
    await audit.record(auditEvent({ occurredAt: clock.now(), event: 'register', outcome: 'failure', origin, details }));
    throw new AuthError('email_taken');
  }
}

const isEmailTaken = (error: unknown): boolean => error instanceof AuthError && error.code === 'email_taken';
