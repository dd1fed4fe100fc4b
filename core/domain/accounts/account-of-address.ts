import type { User } from './user.js';

export type AccountOfAddress<Account> =
  | { readonly kind: 'found'; readonly account: Account }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

/**
 * Selects, from all accounts with one address, the account that the address identifies: the active one. Several active accounts are
 * ambiguous. Where none is active it is the first: a login to a closed account is refused whichever it is.
 */
export function accountOfAddress<Account extends Pick<User, 'isEnabled'>>(accounts: readonly Account[]): AccountOfAddress<Account> {
  const [active, another] = accounts.filter(({ isEnabled }) => isEnabled);
  if (another !== undefined) return { kind: 'ambiguous' };
  const account = active ?? accounts[0];
  return account === undefined ? { kind: 'none' } : { kind: 'found', account };
}
