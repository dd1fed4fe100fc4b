import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { NewUser, ProfileChanges, User } from '../../domain/accounts/user.js';
import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/**
 * A user with all periods of the subscriptions table, in no order. Where the user has several credentials, each period appears once for
 * each.
 */
export interface SubscribedUser extends User {
  readonly periods: readonly SubscriptionPeriod[];
}

export type UserInsertion = { readonly kind: 'inserted'; readonly user: User } | { readonly kind: 'email_taken' };

/** Selects users, in order of their keys. */
export interface UserQuery {
  /** A part of an address or a name, in any case; null selects all users. */
  readonly search: string | null;
  /** Selects users after this key, which need not exist. Null starts at the first. */
  readonly after: UserId | null;
  /** Max number of users. */
  readonly limit: number;
}

/** The outcome of disabling or enabling an account. `user` is the state in the tables afterwards. */
export type AccountSwitch =
  | { readonly kind: 'changed' | 'unchanged'; readonly user: User }
  | { readonly kind: 'unknown' }
  /** To disable: the mapping names no status value for it. To enable: another application closed the account with a status of its own. */
  | { readonly kind: 'not_ours' };

/**
 * The users in the existing users table. This port keeps one account per address, also where the table has no unique index and where
 * spellings differ: `insert` claims the canonical address in the transaction that inserts the row.
 */
export interface UserRepository {
  /** The result includes whether the account is enabled, according to every table that stores a status. */
  find(id: UserId): Promise<User | null>;

  /** As `find`, with the subscriptions, in one round trip. */
  findSubscribed(id: UserId): Promise<SubscribedUser | null>;

  /** As `find`, and locks the row until the unit of work ends, so that the row does not change between read and write. */
  findForUpdate(id: UserId): Promise<User | null>;

  /**
   * Returns all accounts with this address, in any spelling that an index finds (`SchemaView.addresses` counts the others). There is more
   * than one where another application created them. In order of their keys.
   */
  findByEmail(email: EmailAddress): Promise<readonly User[]>;

  list(query: UserQuery): Promise<readonly User[]>;

  /**
   * Returns whether an account, even a closed one, has this address, in any spelling. Use it for an early refusal: only `insert` decides.
   */
  hasEmail(email: EmailAddress): Promise<boolean>;

  /**
   * Of several insertions of one address, in any spelling and process, exactly one is `inserted`. None is inserted while any account has
   * the address, also where leading blanks hide that account from `findByEmail`. Runs inside a unit of work: after `email_taken` the unit
   * of work may do nothing more.
   * @throws AuthError `validation_failed` when a text does not fit its column, since no text is ever truncated, or when the table rejects
   * the row by a rule of its own: then the violations have a reason.
   */
  insert(user: NewUser): Promise<UserInsertion>;

  /**
   * Writes the fields present in `changes`. Returns the user as it is after that, or null when the user does not exist.
   * @throws AuthError `validation_failed` as `insert` does.
   */
  updateProfile(id: UserId, changes: ProfileChanges): Promise<SubscribedUser | null>;

  /**
   * Writes the status that disables or enables an account, and locks its rows until the unit of work ends.
   * @throws AuthError `validation_failed` when a table rejects the status by a rule of its own
   */
  setEnabled(id: UserId, isEnabled: boolean): Promise<AccountSwitch>;
}
