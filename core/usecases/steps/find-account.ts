import { canonicalEmail } from '../../domain/accounts/email-address.js';
import type { User } from '../../domain/accounts/user.js';
import { AuthError } from '../../domain/auth-error.js';
import { userId } from '../../domain/ids.js';
import type { UserRepository } from '../../ports/accounts/user-repository.js';

/** How an admin names an account: both as they were typed. */
export type AccountSelector = { readonly kind: 'id'; readonly id: string } | { readonly kind: 'email'; readonly email: string };

/**
 * The one account that is meant: by its address the active one, as at a login. The causes of its refusals are sentences for the admin,
 * without anything that was typed.
 * @throws AuthError `not_found`; `precondition_failed` for an address of several active accounts, or of several that are all closed.
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
