import { type RawBuilder, sql } from 'kysely';
import type { ColumnValue } from './row-sql.js';

export interface RowUpdates {
  readonly table: string;
  readonly key: string;
  /** One row at least, by its key; all of the same columns, one at least. */
  readonly rows: readonly (readonly [key: ColumnValue, row: Readonly<Record<string, ColumnValue>>])[];
}

/** An UPDATE that writes to each of several rows what is its own. */
export function updateRows({ table, key: keyColumn, rows }: RowUpdates): RawBuilder<unknown> {
  const key = sql.ref(keyColumn);
  const columns = Object.keys(rows[0]?.[1] ?? {}).map((column) => {
    const cases = rows.map(([value, row]) => sql`when ${value} then ${row[column]}`);
    return sql`${sql.ref(column)} = case ${key} ${sql.join(cases, sql` `)} end`;
  });
  return sql`update ${sql.table(table)} set ${sql.join(columns)} where ${key} in (${sql.join(rows.map(([value]) => value))})`;
}
