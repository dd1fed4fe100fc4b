import { sql } from 'kysely';
import type { StoreTools } from '../store-tools.js';

/** The columns of a unique key that was hit, by what the driver called it: a name on MySQL, `table.column, …` on SQLite. */
export async function columnsOfKey({ db, flavour }: StoreTools, table: string, key: string | null): Promise<readonly string[]> {
  if (key === null) return [];
  if (flavour.kind === 'sqlite') return key.split(', ').map((name) => name.slice(name.indexOf('.') + 1));
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${key}`.execute(db);
  return rows.map((row) => row.name);
}
