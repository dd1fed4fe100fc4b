import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { NewUser, ProfileChanges, User } from '../../domain/accounts/user.js';
import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/** A user with all periods of the subscriptions table, in no order; where there are several credentials, each as often. */
export interface SubscribedUser extends User {
  readonly periods: readonly SubscriptionPeriod[];
}

export type UserInsertion = { readonly kind: 'inserted'; readonly user: User } | { readonly kind: 'email_taken' };

/** Which people, in order of their keys. */
export interface UserQuery {
  /** Part of an address or a name, in any case; null for everybody. */
  readonly search: string | null;
  /** Those after this key; it may be nobody's. Null from the start. */
  readonly after: UserId | null;
  /** At most so many. */
  readonly limit: number;
}

/** What became of an account that was to be disabled or enabled; `user` is as the tables have it afterwards. */
export type AccountSwitch =
  | { readonly kind: 'changed' | 'unchanged'; readonly user: User }
  | { readonly kind: 'unknown' }
  /** To disable: the mapping names no value for it. To enable: another application closed it in its own way. */
  | { readonly kind: 'not_ours' };

/**
 * The people in the existing users table. One account per address is kept here, also where the table has no unique index and
 * where spellings differ: `insert` claims the canonical address in the same transaction as the row.
 */
export interface UserRepository {
  /** Includes whether the account is enabled, by every table that has a say in it. */
  find(id: UserId): Promise<User | null>;

  /** As `find`, with the subscriptions: one round trip. */
  findSubscribed(id: UserId): Promise<SubscribedUser | null>;

  /** As `find`, and holds the row until the unit of work ends, so that what was read is still true when it is written. */
  findForUpdate(id: UserId): Promise<User | null>;

  /**
   * All accounts with this address, in any spelling that an index finds (`SchemaView.addresses` counts the others): more than one where
   * another application let it happen. In order of their keys.
   */
  findByEmail(email: EmailAddress): Promise<readonly User[]>;

  list(query: UserQuery): Promise<readonly User[]>;

  /** Whether an account, be it a closed one, has this address, in any spelling. For an early answer: only `insert` decides. */
  hasEmail(email: EmailAddress): Promise<boolean>;

  /**
   * Of several insertions of one address, in whatever spelling and process, one is `inserted`; none while any account has the address,
   * also where `findByEmail` does not find it for the blanks in front of it. Runs inside a unit of work:
   * after `email_taken` nothing more may be done in it.
   * @throws AuthError `validation_failed` when a text does not fit its column, since nothing is ever cut, or when the table refuses the row
   * by a rule of its own: then the violations have a reason.
   */
  insert(user: NewUser): Promise<UserInsertion>;

  /**
   * Writes what is present in `changes`; returns the user as it is then, null for no such user.
   * @throws AuthError `validation_failed` as `insert` does.
   */
  updateProfile(id: UserId, changes: ProfileChanges): Promise<SubscribedUser | null>;

  /**
   * Writes the status that disables an account, or makes it active, and holds its rows until the unit of work ends.
   * @throws AuthError `validation_failed` when a table refuses it by a rule of its own
   */
  setEnabled(id: UserId, isEnabled: boolean): Promise<AccountSwitch>;
}
