import { canonicalEmail, type EmailAddress } from '../../domain/accounts/email-address.js';
import { type AuditEvent, auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError, isRefusal } from '../../domain/auth-error.js';
import { sessionIdFrom } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { isHashable } from '../../domain/passwords/password-policy.js';
import { newSession } from '../../domain/sessions/session.js';
import { tidyLine } from '../../domain/text.js';
import type { Credential, CredentialLookup } from '../../ports/accounts/credential-store.js';
import type { PasswordVerdict } from '../../ports/passwords/password-hasher.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type Attempt, type CountAttemptPorts, countAttempt, forgiveAttempt } from '../steps/count-attempt.js';
import { findCredential } from '../steps/find-credential.js';
import { type IssueTokensPorts, issueTokens } from '../steps/issue-tokens.js';
import { profileOf } from '../steps/load-profile.js';
import { makeSessionRoom } from '../steps/make-session-room.js';
import { type RunDespiteAuditPorts, runDespiteAudit } from '../steps/run-despite-audit.js';
import type { SignedIn } from '../steps/signed-in.js';
import { UndeliveredSessions, type UndeliveredSessionsPorts } from '../steps/undelivered-sessions.js';
import { type RecogniseDevicePorts, recogniseDevice } from './recognise-device.js';

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  readonly deviceName?: string | null;
  /** A refresh token that this account had on this device, live or ended: attempts are then counted for the device alone. */
  readonly knownDevice?: string | null;
  readonly origin: Origin;
  /** Aborted once the client no longer waits for the response: what is not committed then is not done. */
  readonly signal?: AbortSignal;
}

export type LogInPorts = IssueTokensPorts &
  AnnounceRevocationsPorts &
  CountAttemptPorts &
  RecogniseDevicePorts &
  RunDespiteAuditPorts &
  UndeliveredSessionsPorts &
  Pick<Ports, 'credentials' | 'sessions' | 'hasher' | 'keyedDigest'>;

/** A password that is right for a credential, as both were when they were judged. */
interface Judgement {
  readonly credential: Credential;
  readonly verdict: PasswordVerdict;
}

/**
 * Signs in with a password, and puts an Argon2id hash in the place of an older one. An unknown address and a wrong password are
 * answered alike, after the same work; that an account is closed is told only to who knows its password. Where the audit log cannot be
 * written the sign-in goes on, and the hash stays as it is.
 * Failures of unknown devices are counted for the account, all together and whatever their address; a known device is counted by itself:
 * unknown devices that use up the attempts slow each other down, and never the owner's own phone.
 * Does not limit by client address: the host does, by `ThrottleClient`, before it reads the body.
 * @throws AuthError `rate_limited`, `invalid_credentials`, `account_disabled`, `overloaded`, `dependency_unavailable`
 */
export class LogIn {
  readonly #ports: LogInPorts;
  readonly #undelivered: UndeliveredSessions;

  constructor(ports: LogInPorts, undelivered = new UndeliveredSessions(ports)) {
    this.#ports = ports;
    this.#undelivered = undelivered;
  }

  execute(input: LogInInput): Promise<SignedIn> {
    return this.#ports.hasher.admit(() => this.#logIn(input));
  }

  async #logIn(input: LogInInput): Promise<SignedIn> {
    const email = canonicalEmail(input.email);
    const address = this.#ports.keyedDigest.digest('address', email);
    const device = input.knownDevice ? await recogniseDevice(input.knownDevice, email, this.#ports) : null;
    const attempt = { subject: device === null ? address : `${address}@${device}`, origin: input.origin };
    await countAttempt(attempt, this.#ports);

    const judged = await this.#judge(input, email, address).catch((error: unknown) => this.#forgiveUnjudged(error, attempt));
    await forgiveAttempt(attempt, this.#ports);
    if (input.signal?.aborted) throw new AuthError('overloaded');
    if (!judged.credential.isEnabled) return this.#refuseDisabled(judged.credential, input.origin);

    // A hash that changed while it was judged is judged once more: another login of the same person may have upgraded it.
    const signedIn = (await this.#signIn(input, judged)) ?? (await this.#signIn(input, await this.#judge(input, email, address)));
    if (signedIn === null) return this.#refuseCredentials({ kind: 'found', credential: judged.credential }, address, input.origin);
    this.#ports.metrics.loginJudged('success');
    return signedIn;
  }

  /** The credential that the password fits; refuses where there is none. */
  async #judge({ password, origin, signal }: LogInInput, email: EmailAddress, address: string): Promise<Judgement> {
    const { hasher } = this.#ports;
    const lookup = await findCredential(email, this.#ports);
    const credential = lookup.kind === 'found' ? lookup.credential : null;
    const isPossible = credential !== null && isHashable(password);
    const verdict = await hasher.verify(password, isPossible ? credential.passwordHash : null, signal);
    if (credential === null || !verdict.isMatch) return this.#refuseCredentials(lookup, address, origin);
    return { credential, verdict };
  }

  /** An outage must not use up the attempts of an account. */
  async #forgiveUnjudged(error: unknown, attempt: Attempt): Promise<never> {
    if (!isRefusal(error, 'invalid_credentials')) await forgiveAttempt(attempt, this.#ports);
    throw error;
  }

  /**
   * Null when the hash was changed since it was judged: then the password is no longer known to be right. The account's state is read
   * again in the transaction, behind the lock on the credential: it may have been disabled while the password was hashed.
   * @throws AuthError `account_disabled`
   */
  async #signIn(input: LogInInput, judged: Judgement): Promise<SignedIn | null> {
    if (!judged.verdict.needsUpgrade) return this.#open(input, judged, null);
    const newHash = await this.#ports.hasher.hash(input.password);
    return this.#open(input, judged, newHash).catch((error: unknown) => {
      if (!isRefusal(error, 'validation_failed')) throw error;
      return this.#open(input, judged, null); // the table does not take the new hash: the older one stays
    });
  }

  async #open(input: LogInInput, { credential, verdict }: Judgement, newHash: string | null): Promise<SignedIn | null> {
    const { clock, random, sessionPolicy } = this.#ports;
    const { origin, signal } = input;
    const { userId } = credential;
    const now = clock.now();
    const open = async (stores: Stores, isAudited: boolean) => {
      const upgradedHash = isAudited ? newHash : null;
      if (!(await stores.credentials.recordLogin({ credential, at: now, upgradedHash }))) return null;
      const user = await stores.users.findSubscribed(userId);
      if (user === null) return null;
      if (!user.isEnabled) throw new AuthError('account_disabled');
      const id = sessionIdFrom(now, random.bytes(10));
      const session = newSession({ id, userId, deviceName: tidyLine(input.deviceName, 100), origin, now }, sessionPolicy);
      const ended = await makeSessionRoom({ bySession: session, now, origin }, stores, sessionPolicy);
      await stores.sessions.open(session);
      await stores.audit.record(auditEvent({ occurredAt: now, event: 'login', outcome: 'success', userId, sessionId: id, origin }));
      if (upgradedHash !== null) {
        const details = { from: verdict.scheme };
        await stores.audit.record(
          auditEvent({ occurredAt: now, event: 'password_upgrade', outcome: 'success', userId, sessionId: id, origin, details }),
        );
      }
      return { session, profile: profileOf(user, now), ended };
    };
    const opened = await this.#undelivered
      .open(open, (work) => runDespiteAudit(work, this.#ports, signal && { signal }), signal)
      .catch((error: unknown) => this.#refuseIfDisabled(error, credential, origin));
    await announceRevocations(opened?.ended ?? [], this.#ports);
    return opened && { tokens: await issueTokens(opened.session, now, this.#ports), profile: opened.profile };
  }

  /** The address of nobody's account is recorded as its digest: it may be a password typed into the wrong field. */
  async #refuseCredentials(lookup: CredentialLookup, address: string, origin: Origin): Promise<never> {
    const userId = lookup.kind === 'found' ? lookup.credential.userId : null;
    const details: AuditEvent['details'] = userId === null ? { reason: `address_${lookup.kind}`, address } : { reason: 'wrong_password' };
    await this.#record({ event: 'login', outcome: 'failure', userId, actor: 'anonymous', origin, details });
    this.#ports.metrics.loginJudged('invalid_credentials');
    throw new AuthError('invalid_credentials');
  }

  /** The transaction that found it out was rolled back: the refusal is recorded after it. */
  async #refuseIfDisabled(error: unknown, credential: Credential, origin: Origin): Promise<never> {
    if (isRefusal(error, 'account_disabled')) return await this.#refuseDisabled(credential, origin);
    throw error;
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
