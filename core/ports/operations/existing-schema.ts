import type { Instant } from '../../domain/instant.js';
import type { SchemaFinding } from '../../domain/operations/schema-finding.js';

/** The definition of a table that belongs to others. */
export interface TableDefinition {
  readonly table: string;
  /** SHA-256, in hexadecimal, of what the database says of it, without what the rows change: the next number of a counter. */
  readonly fingerprint: string;
  /** The one that was kept; null where none was, or where there is nothing yet to keep it in. */
  readonly kept: string | null;
}

/** An account as far as a login is concerned. */
export interface SurveyedAccount {
  readonly id: string;
  /** False for a key that no token can name: longer than our tables hold, or not of the kind that the mapping says. */
  readonly isServed: boolean;
  /** As it is stored. */
  readonly email: string | null;
  /** The hash in force of each credential that the account has, null where one has none. */
  readonly hashes: readonly (string | null)[];
}

/** Accounts that were counted, and the ids of some. */
export interface Counted {
  readonly count: number;
  readonly ids: readonly string[];
}

export interface SurveyedAddresses {
  /** Active accounts whose address other active accounts have as well, in whatever spelling. */
  readonly shared: Counted;
  /** Accounts with an address in a spelling that the look-up of a login does not find. */
  readonly outOfReach: Counted;
}

/** The existing tables as they were at one moment; reading them changes nothing, holds up nobody, and takes memory for few rows at a time. */
export interface SchemaView {
  /** What the definitions, and the rights of the account that asks, have against the mapping or a good use of it. */
  definitionFindings(): Promise<readonly SchemaFinding[]>;

  /** Every account, a batch at a time. Like what follows, only for definitions without errors. */
  accounts(): AsyncIterable<readonly SurveyedAccount[]>;

  /** Accounts that a login does not find by their addresses, or of which it finds several. */
  addresses(): Promise<SurveyedAddresses>;

  /** Rows of credentials, and of subscriptions, whose account does not exist. */
  orphans(): Promise<{ readonly credentials: number; readonly subscriptions: number }>;

  /** Subscriptions of which a time cannot be read. */
  unreadablePeriods(): Promise<number>;
}

/** The tables that exist before this software, and belong to others. */
export interface ExistingSchema {
  /** Runs `look` over one moment of the tables, in a transaction in which nothing can be written. */
  view<Result>(look: (view: SchemaView) => Promise<Result>): Promise<Result>;

  /** Definitions of those tables that the account may look at. */
  definitions(): Promise<readonly TableDefinition[]>;

  /** Keeps their fingerprints: in place of others that were kept, or else only where none was. Needs our tables. */
  keep(definitions: readonly TableDefinition[], at: Instant, mode: 'replace' | 'if_none'): Promise<void>;
}
