import type { EmailAddress } from '../../domain/accounts/email-address.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError, isRefusal } from '../../domain/auth-error.js';
import { type SessionId, sessionIdFrom } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { newSession } from '../../domain/sessions/session.js';
import { tidyLine } from '../../domain/text.js';
import type { Credential } from '../../ports/accounts/credential-store.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { type AnnounceRevocationsPorts, announceRevocations } from './announce-revocations.js';
import { type Attempt, type CountAttemptPorts, countAttempt, forgiveAttempt } from './count-attempt.js';
import { type IssueTokensPorts, issueTokens } from './issue-tokens.js';
import { type JudgedPassword, type JudgePasswordPorts, judgePassword, refuseCredentials } from './judge-password.js';
import { profileOf } from './load-profile.js';
import { makeSessionRoom } from './make-session-room.js';
import { type RunDespiteAuditPorts, runDespiteAudit } from './run-despite-audit.js';
import type { SignedIn } from './signed-in.js';
import type { UndeliveredSessions } from './undelivered-sessions.js';

export interface SignInInput {
  readonly email: EmailAddress;
  /** Stands for the address in the audit log and for the account where attempts are counted. */
  readonly addressDigest: string;
  readonly password: string;
  readonly deviceName?: string | null;
  /** A session of this account that stands for the device: attempts are then counted for the device alone. */
  readonly device?: SessionId | null;
  readonly origin: Origin;
  /** Aborted once the client no longer waits for the response: what is not committed then is not done. */
  readonly signal?: AbortSignal;
}

export type SignInPorts = AnnounceRevocationsPorts & CountAttemptPorts & IssueTokensPorts & JudgePasswordPorts & RunDespiteAuditPorts;

/**
 * Opens a session for the right password, and puts an Argon2id hash in the place of an older one. To be called within
 * `PasswordHasher.admit`. Where the audit log cannot be written the sign-in goes on, and the hash stays as it is.
 * @throws AuthError `rate_limited`, `invalid_credentials`, `account_disabled`, `overloaded`, `dependency_unavailable`
 */
export async function signIn(input: SignInInput, undelivered: UndeliveredSessions, ports: SignInPorts): Promise<SignedIn> {
  const { addressDigest, device = null, origin, signal } = input;
  const attempt = { subject: device === null ? addressDigest : `${addressDigest}@${device}`, origin };
  await countAttempt(attempt, ports);

  const judged = await judgePassword(input, ports).catch((error: unknown) => forgiveUnjudged(error, attempt, ports));
  await forgiveAttempt(attempt, ports);
  if (signal?.aborted) throw new AuthError('overloaded');
  if (!judged.credential.isEnabled) return await refuseDisabled(judged.credential, origin, ports);

  // A hash that changed while it was judged is judged once more: another login of the same person may have upgraded it.
  const open = (right: JudgedPassword) => openUpgrading(input, right, undelivered, ports);
  const signedIn = (await open(judged)) ?? (await open(await judgePassword(input, ports)));
  if (signedIn === null) return await refuseCredentials({ kind: 'found', credential: judged.credential }, input, ports);
  ports.metrics.loginJudged('success');
  return signedIn;
}

/** An outage must not use up the attempts of an account. */
async function forgiveUnjudged(error: unknown, attempt: Attempt, ports: CountAttemptPorts): Promise<never> {
  if (!isRefusal(error, 'invalid_credentials')) await forgiveAttempt(attempt, ports);
  throw error;
}

/** As `openSession`, with a new hash where the stored one is to be upgraded. */
async function openUpgrading(
  input: SignInInput,
  judged: JudgedPassword,
  undelivered: UndeliveredSessions,
  ports: SignInPorts,
): Promise<SignedIn | null> {
  const open = (newHash: string | null) => openSession(input, { ...judged, newHash }, undelivered, ports);
  if (!judged.verdict.needsUpgrade) return await open(null);
  const newHash = await ports.hasher.hash(input.password);
  return await open(newHash).catch((error: unknown) => {
    if (!isRefusal(error, 'validation_failed')) throw error;
    return open(null); // the table does not take the new hash: the older one stays
  });
}

/**
 * Null when the hash was changed since it was judged: then the password is no longer known to be right. The account's state is read again in
 * the transaction, behind the lock on the credential: the account may have been disabled while the password was hashed.
 */
async function openSession(
  { deviceName, origin, signal }: SignInInput,
  { credential, verdict, newHash }: JudgedPassword & { readonly newHash: string | null },
  undelivered: UndeliveredSessions,
  ports: SignInPorts,
): Promise<SignedIn | null> {
  const { clock, random, sessionPolicy } = ports;
  const { userId } = credential;
  const now = clock.now();
  const work = async (stores: Stores, isAudited: boolean) => {
    const upgradedHash = isAudited ? newHash : null;
    if (!(await stores.credentials.recordLogin({ credential, at: now, upgradedHash }))) return null;
    const user = await stores.users.findSubscribed(userId);
    if (user === null) return null;
    if (!user.isEnabled) throw new AuthError('account_disabled');
    const id = sessionIdFrom(now, random.bytes(10));
    const session = newSession({ id, userId, deviceName: tidyLine(deviceName, 100), origin, now }, sessionPolicy);
    const ended = await makeSessionRoom({ bySession: session, now, origin }, stores, sessionPolicy);
    await stores.sessions.open(session);
    const about = { occurredAt: now, outcome: 'success', userId, sessionId: id, origin } as const;
    await stores.audit.record(auditEvent({ ...about, event: 'login' }));
    if (upgradedHash !== null) {
      await stores.audit.record(auditEvent({ ...about, event: 'password_upgrade', details: { from: verdict.scheme } }));
    }
    return { session, profile: profileOf(user, now), ended };
  };
  const options = signal && { signal };
  const opened = await undelivered
    .open(work, (noted) => runDespiteAudit(noted, ports, options), signal)
    .catch((error: unknown) => {
      // the transaction that found it out was rolled back: the refusal is recorded after it
      if (isRefusal(error, 'account_disabled')) return refuseDisabled(credential, origin, ports);
      throw error;
    });
  await announceRevocations(opened?.ended ?? [], ports);
  return opened && { tokens: await issueTokens(opened.session, now, ports), profile: opened.profile };
}

async function refuseDisabled(
  { userId }: Credential,
  origin: Origin,
  { audit, clock, metrics }: Pick<SignInPorts, 'audit' | 'clock' | 'metrics'>,
): Promise<never> {
  const details = { reason: 'account_disabled' };
  await audit.record(auditEvent({ occurredAt: clock.now(), event: 'login', outcome: 'denied', userId, origin, details }));
  metrics.loginJudged('account_disabled');
  throw new AuthError('account_disabled');
}
