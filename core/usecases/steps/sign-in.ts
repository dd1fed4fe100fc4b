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
  /** The audit log records this digest in place of the address, and the rate limit counts the attempts of the account under it. */
  readonly addressDigest: string;
  readonly password: string;
  readonly deviceName?: string | null;
  /** A session of this account that identifies the device. When it is given, the rate limit counts the attempts of this device alone. */
  readonly device?: SessionId | null;
  readonly origin: Origin;
  /** Aborts when the client no longer waits for the response. Work that is not committed by then is not done. */
  readonly signal?: AbortSignal;
}

export type SignInPorts = AnnounceRevocationsPorts & CountAttemptPorts & IssueTokensPorts & JudgePasswordPorts & RunDespiteAuditPorts;

/**
 * Opens a session when the password is right, and replaces an older hash with an Argon2id hash. The caller must call it within
 * `PasswordHasher.admit`. When the audit log cannot be written, the sign-in continues, and the stored hash does not change.
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

  // Another login of the same user may upgrade the hash during the check. The password is then checked once more, against the new hash.
  const open = (right: JudgedPassword) => openUpgrading(input, right, undelivered, ports);
  const signedIn = (await open(judged)) ?? (await open(await judgePassword(input, ports)));
  if (signedIn === null) return await refuseCredentials({ kind: 'found', credential: judged.credential }, input, ports);
  ports.metrics.loginJudged('success');
  return signedIn;
}

/** Takes the attempt back when the password was not judged, because an outage must not use up the attempts of an account. */
async function forgiveUnjudged(error: unknown, attempt: Attempt, ports: CountAttemptPorts): Promise<never> {
  if (!isRefusal(error, 'invalid_credentials')) await forgiveAttempt(attempt, ports);
  throw error;
}

/** Calls `openSession`, with a new hash when the stored hash needs an upgrade. */
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
    return open(null); // the table rejects the new hash, so the older one stays
  });
}

/**
 * Returns null when the hash changed after the check, because the password may no longer be right. Also returns null when the account no
 * longer exists. The transaction locks the credential and then reads the account's state again, because another process may have disabled
 * the account while this one hashed the password.
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
      // the transaction that read the disabled account was rolled back, so the refusal is recorded after it
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
