/**
 * What a driver's error means: `unavailable` (the database does not respond, refuses this process, or cannot write), `contention` (a
 * deadlock or a lock not granted in time: the same again may work), `duplicate` (a unique key), `unfit` (a value that its column
 * cannot hold), `refused` (any other rule of the table: a constraint, a trigger, a generated column, a partition), or `other`, a mistake
 * in the adapter's statements or in the mapping.
 */
export type FaultKind = 'unavailable' | 'contention' | 'duplicate' | 'unfit' | 'refused' | 'other';

export interface FaultFacts {
  readonly kind: FaultKind;
  /** As the server names it: `ER_DUP_ENTRY`, `ECONNREFUSED`, `SQLITE_19`. */
  readonly code: string;
  /** Text that holds names of tables, columns and keys at most; never SQL, never a value. */
  readonly detail?: string;
  /** Columns whose values the table does not take, as far as the error names them. */
  readonly columns?: readonly string[];
  /**
   * The unique key that was hit: its name, which MySQL puts behind the table's and a dot; on SQLite its columns as `table.column, …`, or
   * `index 'name'` where it has expressions.
   */
  readonly key?: string | null;
  /** The CHECK constraint that failed: its name, or on SQLite its expression where it has none. */
  readonly constraint?: string | null;
}

/** A driver's error without the SQL and the values that drivers put into theirs: fit for any log. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly kind: FaultKind;
  readonly code: string;
  readonly columns: readonly string[];
  readonly key: string | null;
  readonly constraint: string | null;

  constructor(facts: FaultFacts) {
    super(facts.detail === undefined ? `database error ${facts.code}` : `database error ${facts.code}: ${facts.detail}`);
    this.kind = facts.kind;
    this.code = facts.code;
    this.columns = facts.columns ?? [];
    this.key = facts.key ?? null;
    this.constraint = facts.constraint ?? null;
  }
}
