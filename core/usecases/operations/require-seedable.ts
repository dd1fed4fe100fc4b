import { crowdDomain, demoAccounts } from '../../domain/accounts/demo-people.js';
import { AuthError } from '../../domain/auth-error.js';
import { passwordFault } from '../../domain/passwords/password-policy.js';
import type { Ports } from '../../ports/ports.js';

export type RequireSeedablePorts = Pick<Ports, 'demoAccounts'>;

/** Whatever the deployment asks of people: what is made up may have a password of the least length that anybody may have. */
const policy = { minLength: 8 };

/**
 * Checks what would be seeded, and where.
 * @throws AuthError `validation_failed` for a password that cannot be had; `forbidden` for a database that holds people, unless they
 * may be mixed.
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
