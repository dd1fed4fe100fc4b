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

/** The users table's key: numbered by the database, or a UUID that is made here for a new account, kept as text. */
export interface KeyMap {
  readonly column: string;
  readonly kind: 'integer' | 'text';
}

/** Columns of the first and the last name. */
export interface NameMap {
  readonly kind: 'two_columns';
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** A column and its values that mean active, as the database gives them; the first one is written to a new row. */
export interface StatusMap {
  readonly column: string;
  readonly active: readonly [Constant, ...Constant[]];
}

/** Credentials in a table of their own, one row an account. */
export interface CredentialsMap {
  readonly kind: 'own_table';
  readonly table: string;
  /** Column that holds the key of the users table. */
  readonly userId: string;
  readonly passwordHash: string;
  /** When the account was last signed in to, UTC. */
  readonly lastLoginAt: string | null;
  readonly status: StatusMap | null;
  readonly fills: Fills;
}

export interface SubscriptionsMap {
  readonly table: string;
  readonly userId: string;
  readonly plan: string;
  /** A day counts from its first millisecond. */
  readonly startsAt: string;
  /** A day counts until its last millisecond; NULL is without end. */
  readonly endsAt: string | null;
  /** A value that is in no list counts as unpaid; null where every row is good. */
  readonly standing: StandingMap | null;
}

export interface StandingMap {
  readonly column: string;
  readonly good: readonly Constant[];
  readonly cancelled: readonly Constant[];
  readonly unpaid: readonly Constant[];
}

export type Constant = string | number;

/** Column → constant, or the instant of writing. */
export type Fills = Readonly<Record<string, Constant | null | { readonly kind: 'now' }>>;
