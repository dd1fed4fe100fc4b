/**
 * What a driver's error means to us: `unavailable` (the database does not answer, or not to us, or cannot write), `contention` (a
 * deadlock or a lock not granted in time: the same again may work), `duplicate` (a unique key), `unfit` (a value that its column
 * cannot hold), or `other`, a mistake of ours or of the mapping.
 */
export type FaultKind = 'unavailable' | 'contention' | 'duplicate' | 'unfit' | 'other';

export interface FaultFacts {
  readonly kind: FaultKind;
  /** As the driver names it: `ER_DUP_ENTRY`, `ECONNREFUSED`, `SQLITE_19`. */
  readonly code: string;
  /** Text that holds names of tables, columns and keys at most; never SQL, never a value. */
  readonly detail?: string;
  /** The column that a value does not fit. */
  readonly column?: string | null;
  /** The unique key that was hit: its name, or on SQLite its columns as `table.column, table.column`. */
  readonly key?: string | null;
}

/** A driver's error without the SQL and the values that drivers put into theirs: fit for any log. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly kind: FaultKind;
  readonly code: string;
  readonly column: string | null;
  readonly key: string | null;

  constructor(facts: FaultFacts) {
    super(facts.detail === undefined ? `database error ${facts.code}` : `database error ${facts.code}: ${facts.detail}`);
    this.kind = facts.kind;
    this.code = facts.code;
    this.column = facts.column ?? null;
    this.key = facts.key ?? null;
  }
}
