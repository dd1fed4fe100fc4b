import { comparablePassword, passwordFault } from '../../domain/passwords/password-policy.js';
import { isPersonalPassword, type PasswordOwner } from '../../domain/passwords/personal-password.js';
import type { Violation } from '../../domain/refusal-details.js';
import type { Ports } from '../../ports/ports.js';

export type NewPasswordFaultPorts = Pick<Ports, 'passwordPolicy' | 'passwordBlocklist'>;

/**
 * Returns null when the user may choose the password, otherwise the rule that it breaks. For new passwords only, never for a password that
 * signs in.
 */
export function newPasswordFault(
  password: string,
  owner: PasswordOwner,
  { passwordPolicy, passwordBlocklist }: NewPasswordFaultPorts,
): Omit<Violation, 'field'> | null {
  const rule = passwordFault(password, passwordPolicy);
  if (rule !== null) return { rule };
  if (isPersonalPassword(password, owner, passwordPolicy.productName)) {
    return { rule: 'more than the address, the names or the name of the service with digits and punctuation', reason: 'personal' };
  }
  if (!passwordBlocklist.has(comparablePassword(password))) return null;
  return { rule: 'a password that is not among the most common ones', reason: 'common' };
}
