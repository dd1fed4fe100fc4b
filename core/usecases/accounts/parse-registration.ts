import { type EmailAddress, parseNewEmail } from '../../domain/accounts/email-address.js';
import { parseProfileChanges } from '../../domain/accounts/profile-fields.js';
import type { ProfileChanges } from '../../domain/accounts/user.js';
import { AuthError } from '../../domain/auth-error.js';
import type { Violation } from '../../domain/refusal-details.js';
import { type NewPasswordFaultPorts, newPasswordFault } from '../steps/new-password-fault.js';

export interface RegistrationFields extends ProfileChanges {
  readonly email: string;
  readonly password: string;
}

export interface Registration {
  readonly email: EmailAddress;
  readonly names: ProfileChanges;
}

/**
 * Returns the address, the names and the phone number of a new account. Reports all violations in one error. Does not check whether an
 * account has the address already.
 * @throws AuthError `validation_failed`
 */
export function parseRegistration(input: RegistrationFields, ports: NewPasswordFaultPorts): Registration {
  const email = parseNewEmail(input.email);
  const { changes, violations } = parseProfileChanges(input);
  const fault = newPasswordFault(input.password, { email: input.email, ...changes }, ports);
  const all: readonly Violation[] = [
    ...(email === null ? [{ field: 'email', rule: 'an e-mail address' }] : []),
    ...(fault === null ? [] : [{ field: 'password', ...fault }]),
    ...violations,
  ];
  if (email === null || all.length > 0) throw new AuthError('validation_failed', { detail: { violations: all } });
  return { email, names: changes };
}
