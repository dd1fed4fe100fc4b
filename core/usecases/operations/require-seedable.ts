import { crowdDomain, demoAccounts } from '../../domain/accounts/demo-people.js';
import { AuthError } from '../../domain/auth-error.js';
import { passwordFault } from '../../domain/passwords/password-policy.js';
import type { Ports } from '../../ports/ports.js';

export type RequireSeedablePorts = Pick<Ports, 'demoAccounts'>;

/**
 * Independent of the deployment's password policy: a made-up account may have a password of the lowest min length that can be configured.
 */
const policy = { minLength: 8 };

/**
 * Checks the accounts that would be seeded, and the database that would hold them.
 * @throws AuthError `validation_failed` for a password that is not allowed; `forbidden` for a database that holds real accounts, unless the
 * caller allows a mix.
 */
export async function requireSeedable(
  { password, mayMix }: { readonly password: string | null; readonly mayMix: boolean },
  ports: RequireSeedablePorts,
): Promise<void> {
  const fault = password === null ? null : passwordFault(password, policy);
  if (fault !== null) throw new AuthError('validation_failed', { detail: { violations: [{ field: 'password', rule: fault }] } });
  const emails = demoAccounts.map(({ email }) => email);
  if (mayMix || !(await ports.demoAccounts.hasOthers({ emails, domain: crowdDomain }))) return;
  throw new AuthError('forbidden', { cause: new Error('the database holds accounts that are not made up') });
}
