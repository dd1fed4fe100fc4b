import { type RawBuilder, sql } from 'kysely';
import { assignments } from './row-sql.js';

/** Where MySQL (MariaDB too) and SQLite say the same thing differently. */
export interface SqlFlavour {
  readonly kind: 'mysql' | 'sqlite';
  /** Ends a SELECT whose rows are to stay as they are until the transaction ends. */
  readonly forUpdate: RawBuilder<unknown>;
  /** The same, leaving out rows that others hold. */
  readonly forUpdateOfFree: RawBuilder<unknown>;
  /**
   * Ends an INSERT into an `auth_*` or `audit_*` table: where the key exists already, the database locks its row and gives these columns
   * these values.
   */
  onDuplicateSet(key: string, row: Readonly<Record<string, string | number>>): RawBuilder<unknown>;
}

export const mysqlFlavour: SqlFlavour = {
  kind: 'mysql',
  forUpdate: sql`for update`,
  forUpdateOfFree: sql`for update skip locked`,
  onDuplicateSet: (_key, row) => sql`on duplicate key update ${assignments(row)}`,
};

/** Its transactions begin with the write lock: no other connection changes anything until they end. */
export const sqliteFlavour: SqlFlavour = {
  kind: 'sqlite',
  forUpdate: sql``,
  forUpdateOfFree: sql``,
  onDuplicateSet: (key, row) => sql`on conflict (${sql.ref(key)}) do update set ${assignments(row)}`,
};
