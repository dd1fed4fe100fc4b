import { type RawBuilder, sql } from 'kysely';

/** What a driver takes for a column. */
export type ColumnValue = string | number | bigint | null;

/** An INSERT of one row. */
export function insertInto(table: string, row: Readonly<Record<string, ColumnValue>>): RawBuilder<unknown> {
  return sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))}) values (${sql.join(Object.values(row))})`;
}

/** The SET list of an UPDATE. */
export function assignments(row: Readonly<Record<string, ColumnValue>>): RawBuilder<unknown> {
  return sql.join(Object.entries(row).map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
}
