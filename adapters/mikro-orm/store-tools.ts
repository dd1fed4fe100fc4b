import type { Clock } from '../../core/ports/clock.js';
import type { AccountStatements } from './accounts/account-statements.js';
import type { Db } from './entities/own-entities.js';
import type { OwnStatements } from './own-statements.js';
import type { ExistingTables } from './schema-map/existing-tables.js';
import type { SqlFlavour } from './sql/sql-flavour.js';
import type { StoresTogether } from './stores-together.js';

/** Where stores read and write: on any connection, or in one transaction. */
export interface StoreRoom {
  readonly db: Db;
  /** Null in a transaction of one unit of work, where nobody else asks. */
  readonly together: StoresTogether | null;
}

/** What the stores of one room share. */
export interface StoreTools extends StoreRoom {
  readonly flavour: SqlFlavour;
  readonly existing: ExistingTables;
  readonly statements: AccountStatements & OwnStatements;
  readonly clock: Clock;
  /** Where new hashes go: to the existing table, or to `auth_credentials`. */
  readonly credentialTarget: 'table' | 'overlay';
  /** Runs several statements as one step: in the transaction that there is, or in one of its own. */
  atomically<Result>(work: (room: StoreRoom) => Promise<Result>): Promise<Result>;
}
