import { type RawBuilder, sql } from 'kysely';

/** What a driver takes for a column. */
export type ColumnValue = string | number | bigint | null;

/** An INSERT of one row. */
export function insertInto(table: string, row: Readonly<Record<string, ColumnValue>>): RawBuilder<unknown> {
  return insertAllInto(table, [row]);
}

/** An INSERT of several rows of the same columns, one at least. */
export function insertAllInto(table: string, rows: readonly Readonly<Record<string, ColumnValue>>[]): RawBuilder<unknown> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)));
  const values = sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`));
  return sql`insert into ${sql.table(table)} (${columns}) values ${values}`;
}

/** The SET list of an UPDATE. */
export function assignments(row: Readonly<Record<string, ColumnValue>>): RawBuilder<unknown> {
  return sql.join(Object.entries(row).map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
}
