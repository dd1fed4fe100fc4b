import { canonicalEmail } from '../../domain/accounts/email-address.js';
import type { User } from '../../domain/accounts/user.js';
import { AuthError } from '../../domain/auth-error.js';
import { userId } from '../../domain/ids.js';
import type { UserRepository } from '../../ports/accounts/user-repository.js';

/** How an admin names an account. Both values are as the admin typed them. */
export type AccountSelector = { readonly kind: 'id'; readonly id: string } | { readonly kind: 'email'; readonly email: string };

/**
 * Finds the one account that is meant. For an address this is the active account, as at a login. The causes of its errors are sentences for
 * the admin, and contain no typed text.
 * @throws AuthError `not_found`; `precondition_failed` for an address of several active accounts, or of several accounts that are all
 * closed.
 */
export async function findAccount(selector: AccountSelector, users: Pick<UserRepository, 'find' | 'findByEmail'>): Promise<User> {
  if (selector.kind === 'id') return known(await users.find(userId(selector.id)), 'no account has this id');
  const accounts = await users.findByEmail(canonicalEmail(selector.email));
  const active = accounts.filter(({ isEnabled }) => isEnabled);
  const [user, ...others] = active.length > 0 ? active : accounts;
  if (user !== undefined && others.length > 0) {
    const which =
      active.length > 0 ? 'several active accounts have this address' : 'several accounts have this address, and none is active';
    const ids = [user, ...others].map(({ id }) => id).join(', ');
    throw new AuthError('precondition_failed', { cause: new Error(`${which}; name one by its id: ${ids}`) });
  }
  return known(user ?? null, 'no account has this address');
}

function known(user: User | null, what: string): User {
  if (user === null) throw new AuthError('not_found', { cause: new Error(what) });
  return user;
}
