import type { FaultKind } from '../sql/database-fault.js';

/** Result codes of SQLite, extended or primary (sqlite.org/rescode.html), with a kind of their own. */
export const sqliteFaultKinds: ReadonlyMap<number, FaultKind> = new Map<number, FaultKind>([
  [3, 'unavailable'], // PERM
  [5, 'contention'], // BUSY
  [6, 'contention'], // LOCKED
  [7, 'unavailable'], // NOMEM
  [8, 'unavailable'], // READONLY
  [10, 'unavailable'], // IOERR
  [11, 'unavailable'], // CORRUPT
  [13, 'unavailable'], // FULL
  [14, 'unavailable'], // CANTOPEN
  [18, 'unfit'], // TOOBIG
  [19, 'refused'], // CONSTRAINT
  [20, 'unfit'], // MISMATCH
  [26, 'unavailable'], // NOTADB
  [275, 'refused'], // CONSTRAINT_CHECK
  [1555, 'duplicate'], // CONSTRAINT_PRIMARYKEY
  [2067, 'duplicate'], // CONSTRAINT_UNIQUE
  [2579, 'duplicate'], // CONSTRAINT_ROWID
  [3091, 'unfit'], // CONSTRAINT_DATATYPE
]);
