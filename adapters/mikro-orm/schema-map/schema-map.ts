/** Which table and column of the existing database holds what. Values only, so that it can be read from a file. */
export interface SchemaMap {
  readonly users: UsersMap;
  readonly credentials: CredentialsMap;
  /** Null where nothing is subscribed to. */
  readonly subscriptions: SubscriptionsMap | null;
}

export interface UsersMap {
  readonly table: string;
  readonly key: KeyMap;
  /** Column of the address. */
  readonly email: string;
  readonly name: NameMap;
  readonly phone: string | null;
  /** When the account was made, UTC. */
  readonly createdAt: string | null;
  /** What suspends an account; null where nothing does. */
  readonly status: StatusMap | null;
  /** What a new row needs besides. */
  readonly fills: Fills;
}

/**
 * The users table's key: an integer of any width that the database counts up or makes by UUID_SHORT(), or a text; a new account's is a
 * UUID that is made here.
 */
export interface KeyMap {
  readonly column: string;
  readonly kind: 'integer' | 'uuid' | 'text';
}

/** Columns of the first and the last name; or of both, where the first word is taken for the first name. */
export type NameMap =
  | { readonly kind: 'two_columns'; readonly firstName: string | null; readonly lastName: string | null }
  | { readonly kind: 'one_column'; readonly fullName: string };

/** A column and its values that mean active, as the database gives them; the first one is written to a new row. */
export interface StatusMap {
  readonly column: string;
  readonly active: readonly [Constant | null, ...(Constant | null)[]];
  /** What an admin's suspension writes; without it accounts are not suspended by this column. No value of `active`. */
  readonly disabled?: Constant;
}

/** Credentials, one row an account: in a table of their own, or in the users table itself, and then `table` and `userId` are that one's. */
export interface CredentialsMap {
  readonly kind: 'own_table' | 'users_table';
  readonly table: string;
  /** Column that holds the key of the users table. */
  readonly userId: string;
  readonly passwordHash: string;
  /** How digests were made that do not say so themselves. */
  readonly recipes: readonly DigestRecipe[];
  /** When the account was last signed in to, UTC. */
  readonly lastLoginAt: string | null;
  readonly status: StatusMap | null;
  readonly fills: Fills;
}

/** A bare digest in hexadecimal, of the password and a salt. */
export interface DigestRecipe {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex';
  readonly salt: DigestSalt | null;
}

/** A salt: the same for all, behind a separator in the column of the hash, or in a column of its own beside it. */
export type DigestSalt = ({ readonly constant: string } | { readonly separator: string } | { readonly column: string }) & {
  readonly position: 'before' | 'after';
};

export interface SubscriptionsMap {
  readonly table: string;
  readonly userId: string;
  readonly plan: string;
  /** A day counts from its first millisecond. */
  readonly startsAt: string;
  /** A day counts until its last millisecond; NULL is without end, and what cannot be read, `0000-00-00` above all, is over. */
  readonly endsAt: string | null;
  /** A value that is in no list counts as unpaid; null where every row is good. */
  readonly standing: StandingMap | null;
}

export interface StandingMap {
  readonly column: string;
  readonly good: readonly (Constant | null)[];
  readonly cancelled: readonly (Constant | null)[];
  readonly unpaid: readonly (Constant | null)[];
}

export type Constant = string | number;

/** Column → constant, or the instant of writing. */
export type Fills = Readonly<Record<string, Constant | null | { readonly kind: 'now' }>>;

/** Why a mapping cannot be used: every problem in one line, each with the path in the JSON. */
export class SchemaMapError extends Error {
  override readonly name = 'SchemaMapError';
  readonly problems: readonly string[];

  /** `file` is how the mapping is called in the message. */
  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
