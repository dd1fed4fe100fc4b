import type { Instant } from '../../domain/instant.js';
import type { SchemaFinding } from '../../domain/operations/schema-finding.js';

/** The definition of a table that another application owns. */
export interface TableDefinition {
  readonly table: string;
  /**
   * SHA-256, in hexadecimal, of the definition as the database reports it, without values that rows change: the next number of a counter.
   */
  readonly fingerprint: string;
  /** The stored fingerprint; null where none is stored, or where the table to store it in does not exist yet. */
  readonly kept: string | null;
}

/** The parts of an account that matter for a login. */
export interface SurveyedAccount {
  readonly id: string;
  /** False for a key that no token can carry: longer than this product's tables hold, or not of the type that the mapping declares. */
  readonly isServed: boolean;
  /** As it is stored. */
  readonly email: string | null;
  /** The current hash of each credential of the account; null where a credential has none. */
  readonly hashes: readonly (string | null)[];
}

/** A number of accounts, and the ids of some of them. */
export interface Counted {
  readonly count: number;
  readonly ids: readonly string[];
}

export interface SurveyedAddresses {
  /** Active accounts whose address other active accounts also have, in any spelling. */
  readonly shared: Counted;
  /** Accounts whose address has a spelling that the query of a login does not find. */
  readonly outOfReach: Counted;
}

/**
 * A consistent snapshot of the existing tables. Reading it changes nothing, blocks no other work, and needs memory for only a few rows at a
 * time.
 */
export interface SchemaView {
  /** Reports where the definitions, and the rights of the database user, do not fit the mapping or make it less useful. */
  definitionFindings(): Promise<readonly SchemaFinding[]>;

  /** Reads every account, a batch at a time. Call this and the methods below only when the definitions have no errors. */
  accounts(): AsyncIterable<readonly SurveyedAccount[]>;

  /** Counts accounts that a login does not find by their address, and accounts that share an address. */
  addresses(): Promise<SurveyedAddresses>;

  /** Counts rows of credentials and of subscriptions whose account does not exist. */
  orphans(): Promise<{ readonly credentials: number; readonly subscriptions: number }>;

  /** Counts subscriptions with a time that cannot be read. */
  unreadablePeriods(): Promise<number>;
}

/** The tables that existed before this software, and that another application owns. */
export interface ExistingSchema {
  /** Runs `look` over one snapshot of the tables, in a read-only transaction. */
  view<Result>(look: (view: SchemaView) => Promise<Result>): Promise<Result>;

  /** The definitions of those tables that the database user may read. */
  definitions(): Promise<readonly TableDefinition[]>;

  /** Stores their fingerprints: `replace` overwrites stored ones, `if_none` does not. Needs this product's own tables. */
  keep(definitions: readonly TableDefinition[], at: Instant, mode: 'replace' | 'if_none'): Promise<void>;
}
