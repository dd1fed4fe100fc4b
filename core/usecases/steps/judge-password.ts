import type { EmailAddress } from '../../domain/accounts/email-address.js';
import { type AuditEvent, auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import type { Origin } from '../../domain/origin.js';
import { isHashable } from '../../domain/passwords/password-policy.js';
import type { Credential, CredentialLookup } from '../../ports/accounts/credential-store.js';
import type { PasswordVerdict } from '../../ports/passwords/password-hasher.js';
import type { Ports } from '../../ports/ports.js';
import { findCredential } from './find-credential.js';

export interface JudgePasswordInput {
  readonly email: EmailAddress;
  /** The audit log records this digest in place of the address. */
  readonly addressDigest: string;
  readonly password: string;
  readonly origin: Origin;
  readonly signal?: AbortSignal;
}

/** A credential that the password matches, and the verdict. Both describe the time of the check: the credential may have changed since. */
export interface JudgedPassword {
  readonly credential: Credential;
  readonly verdict: PasswordVerdict;
}

export type JudgePasswordPorts = Pick<Ports, 'credentials' | 'hasher' | 'audit' | 'clock' | 'metrics'>;

/**
 * Returns the credential of the address when the password matches it. For an address without an account, the hasher does the same work.
 * @throws AuthError `invalid_credentials`, `overloaded`, `dependency_unavailable`
 */
export async function judgePassword(input: JudgePasswordInput, ports: JudgePasswordPorts): Promise<JudgedPassword> {
  const { email, password, signal } = input;
  const lookup = await findCredential(email, ports);
  const credential = lookup.kind === 'found' ? lookup.credential : null;
  const isPossible = credential !== null && isHashable(password);
  const verdict = await ports.hasher.verify(password, isPossible ? credential.passwordHash : null, signal);
  if (credential === null || !verdict.isMatch) return await refuseCredentials(lookup, input, ports);
  return { credential, verdict };
}

/**
 * Records the failed login. For an address without an account the audit log gets only the digest, because the text may be a password that
 * the user typed into the wrong field.
 * @throws AuthError `invalid_credentials`, always
 */
export async function refuseCredentials(
  lookup: CredentialLookup,
  { addressDigest: address, origin }: Pick<JudgePasswordInput, 'addressDigest' | 'origin'>,
  { audit, clock, metrics }: Pick<JudgePasswordPorts, 'audit' | 'clock' | 'metrics'>,
): Promise<never> {
  const userId = lookup.kind === 'found' ? lookup.credential.userId : null;
  const details: AuditEvent['details'] = userId === null ? { reason: `address_${lookup.kind}`, address } : { reason: 'wrong_password' };
  const about = { event: 'login', outcome: 'failure', userId, actor: 'anonymous', origin, details } as const;
  await audit.record(auditEvent({ occurredAt: clock.now(), ...about }));
  metrics.loginJudged('invalid_credentials');
  throw new AuthError('invalid_credentials');
}
