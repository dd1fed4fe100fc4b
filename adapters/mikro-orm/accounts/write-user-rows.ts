import { sql } from 'kysely';
import type { Db } from '../entities/own-entities.js';
import type { UsersMap } from '../schema-map/schema-map.js';
import type { KeyValue } from '../schema-map/user-key.js';
import { isContention, isUnavailable } from '../sql/driver-errors.js';
import { assignments, type ColumnValue } from '../sql/row-sql.js';
import { updateRows } from '../sql/update-rows.js';

/** The change of one user's row: at least one column. */
export interface UserRowChange {
  readonly key: KeyValue;
  readonly row: Readonly<Record<string, ColumnValue>>;
}

interface Target {
  readonly db: Db;
  readonly users: UsersMap;
}

export async function writeUserRow({ db, users }: Target, { key, row }: UserRowChange): Promise<void> {
  await sql`update ${sql.table(users.table)} set ${assignments(row)} where ${sql.ref(users.key.column)} = ${key}`.execute(db);
}

/**
 * Writes to the rows of several users with integer keys, in one statement for all changes of the same columns. A value that does not fit
 * fails only its own change.
 */
export async function writeUserRows(
  target: Target,
  changes: readonly UserRowChange[],
): Promise<ReadonlyMap<UserRowChange, PromiseSettledResult<void>>> {
  const outcomes = new Map<UserRowChange, PromiseSettledResult<void>>();
  for (const alike of Map.groupBy(changes, ({ row }) => Object.keys(row).join()).values()) {
    const areWritten = alike.length > 1 && (await tryAtOnce(target, alike));
    for (const change of alike) {
      const [outcome] = await Promise.allSettled([areWritten ? undefined : writeUserRow(target, change)]);
      outcomes.set(change, outcome);
    }
  }
  return outcomes;
}

/** Returns false where any of them does not fit. */
async function tryAtOnce({ db, users }: Target, changes: readonly UserRowChange[]): Promise<boolean> {
  const { table, key } = users;
  try {
    await updateRows({ table, key: key.column, rows: changes.map((change) => [change.key, change.row]) }).execute(db);
    return true;
  } catch (error) {
    if (isContention(error) || isUnavailable(error)) throw error;
    return false;
  }
}
