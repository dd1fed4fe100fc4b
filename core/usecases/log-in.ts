import { type AuditEvent, auditEvent } from '../domain/audit-event.js';
import { AuthError } from '../domain/auth-error.js';
import { canonicalEmail } from '../domain/email-address.js';
import { sessionIdFrom } from '../domain/ids.js';
import type { Origin } from '../domain/origin.js';
import { isHashable } from '../domain/password-policy.js';
import { newSession } from '../domain/session.js';
import { tidyLine } from '../domain/text.js';
import type { Credential, CredentialLookup } from '../ports/credential-store.js';
import type { PasswordVerdict } from '../ports/password-hasher.js';
import type { Ports } from '../ports/ports.js';
import { type CountAttemptPorts, countAttempt, forgiveAttempt } from './count-attempt.js';
import { type IssueGrantPorts, issueGrant } from './issue-grant.js';
import { loadProfile } from './load-profile.js';
import type { SignedIn } from './register-user.js';

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  readonly deviceName?: string | null;
  readonly origin: Origin;
}

export type LogInPorts = IssueGrantPorts & CountAttemptPorts & Pick<Ports, 'credentials' | 'unitOfWork' | 'hasher' | 'keyedDigest'>;

/**
 * Signs in with a password, and puts an Argon2id hash in the place of an older one. An unknown address and a wrong password are
 * answered alike, after the same work; that an account is closed is told only to who knows its password.
 * Does not limit by client address: the host does, by `ThrottleClient`, before it reads the body.
 * @throws AuthError `rate_limited`, `invalid_credentials`, `account_disabled`, `overloaded`, `dependency_unavailable`
 */
export class LogIn {
  readonly #ports: LogInPorts;

  constructor(ports: LogInPorts) {
    this.#ports = ports;
  }

  async execute(input: LogInInput): Promise<SignedIn> {
    const { credentials, hasher, keyedDigest, metrics } = this.#ports;
    const email = canonicalEmail(input.email);
    const subject = keyedDigest.digest('address', email);
    await countAttempt(subject, input.origin, this.#ports);

    const lookup = await credentials.findByEmail(email);
    const credential = lookup.kind === 'found' ? lookup.credential : null;
    const isPossible = credential !== null && isHashable(input.password);
    const verdict = await hasher.verify(input.password, isPossible ? credential.passwordHash : null);
    if (credential === null || !verdict.isMatch) return this.#refuseCredentials(lookup, subject, input.origin);
    await forgiveAttempt(subject, this.#ports);
    if (!credential.isEnabled) return this.#refuseDisabled(credential, input.origin);

    const signedIn = await this.#signIn(input, credential, verdict);
    if (signedIn === null) return this.#refuseCredentials(lookup, subject, input.origin);
    metrics.loginJudged('success');
    return signedIn;
  }

  /** Null when the hash was changed since it was judged: then the password is no longer known to be right. */
  async #signIn(input: LogInInput, credential: Credential, verdict: PasswordVerdict): Promise<SignedIn | null> {
    const { hasher, unitOfWork, clock, random, sessionPolicy } = this.#ports;
    const { origin } = input;
    const { userId } = credential;
    const upgradedHash = verdict.needsUpgrade ? await hasher.hash(input.password) : null;
    const now = clock.now();
    const opened = await unitOfWork.run(async (stores) => {
      if (!(await stores.credentials.recordLogin({ credential, at: now, upgradedHash }))) return null;
      const user = await stores.users.find(userId);
      if (user === null) return null;
      const id = sessionIdFrom(now, random.bytes(10));
      const session = newSession({ id, userId, deviceName: tidyLine(input.deviceName, 100), origin, now }, sessionPolicy);
      await stores.sessions.open(session);
      await stores.audit.record(auditEvent({ occurredAt: now, event: 'login', outcome: 'success', userId, sessionId: id, origin }));
      if (upgradedHash !== null) {
        const details = { from: verdict.scheme };
        await stores.audit.record(
          auditEvent({ occurredAt: now, event: 'password_upgrade', outcome: 'success', userId, sessionId: id, origin, details }),
        );
      }
      return { session, profile: await loadProfile(user, now, stores) };
    });
    return opened && { grant: await issueGrant(opened.session, now, this.#ports), profile: opened.profile };
  }

  /** The address of nobody's account is recorded as its digest: it may be a password typed into the wrong field. */
  async #refuseCredentials(lookup: CredentialLookup, address: string, origin: Origin): Promise<never> {
    const userId = lookup.kind === 'found' ? lookup.credential.userId : null;
    const details: AuditEvent['details'] = userId === null ? { reason: `address_${lookup.kind}`, address } : { reason: 'wrong_password' };
    await this.#record({ event: 'login', outcome: 'failure', userId, actor: 'anonymous', origin, details });
    this.#ports.metrics.loginJudged('invalid_credentials');
    throw new AuthError('invalid_credentials');
  }

  async #refuseDisabled({ userId }: Credential, origin: Origin): Promise<never> {
    await this.#record({ event: 'login', outcome: 'denied', userId, origin, details: { reason: 'account_disabled' } });
    this.#ports.metrics.loginJudged('account_disabled');
    throw new AuthError('account_disabled');
  }

  #record(event: Pick<AuditEvent, 'event' | 'outcome' | 'origin'> & Partial<AuditEvent>): Promise<void> {
    return this.#ports.audit.record(auditEvent({ occurredAt: this.#ports.clock.now(), ...event }));
  }
}
