import type { Clock } from '../../core/ports/clock.js';
import type { AccountStatements } from './accounts/account-statements.js';
import type { Db } from './own-entities.js';
import type { OwnStatements } from './own-statements.js';
import type { ExistingTables } from './schema-map/existing-tables.js';
import type { SqlFlavour } from './sql/sql-flavour.js';

/** What the stores of one connection or transaction share. */
export interface StoreTools {
  /** The pool, or one transaction. */
  readonly db: Db;
  readonly flavour: SqlFlavour;
  readonly existing: ExistingTables;
  readonly statements: AccountStatements & OwnStatements;
  readonly clock: Clock;
  /** Where new hashes go: to the existing table, or to `auth_credentials`. */
  readonly credentialTarget: 'table' | 'overlay';
}
