import { type Kysely, sql } from 'kysely';
import type { SchemaMap } from './schema-map.js';

/** What the database itself says of a column. */
export interface ColumnFacts {
  readonly isNullable: boolean;
  /** Characters that fit; null for no limit, or no text. */
  readonly maxLength: number | null;
  /** Whether `=` tells `A` from `a`. */
  readonly isCaseSensitive: boolean;
}

interface ColumnRow {
  readonly tableName: string;
  readonly columnName: string;
  readonly isNullable: string | number;
  readonly maxLength: number | string | null;
  readonly collation: string | null;
}

/** The columns of the existing tables, by `table.column` in lower case. A column that is missing has no facts. */
export class Columns {
  readonly #facts: ReadonlyMap<string, ColumnFacts>;

  constructor(facts: ReadonlyMap<string, ColumnFacts>) {
    this.#facts = facts;
  }

  of(table: string, column: string): ColumnFacts | null {
    return this.#facts.get(nameOf(table, column)) ?? null;
  }
}

/** Reads them of every table that the map names. */
export async function readColumns<Tables>(db: Kysely<Tables>, map: SchemaMap, kind: 'mysql' | 'sqlite'): Promise<Columns> {
  const tables = [map.users.table, map.credentials.table, ...(map.subscriptions ? [map.subscriptions.table] : [])];
  const rows = kind === 'mysql' ? await mysqlColumns(db, tables) : await sqliteColumns(db, tables);
  return new Columns(new Map(rows.map((row) => [nameOf(row.tableName, row.columnName), factsOf(row)])));
}

const nameOf = (table: string, column: string): string => `${table}.${column}`.toLowerCase();

function factsOf({ isNullable, maxLength, collation }: ColumnRow): ColumnFacts {
  return {
    isNullable: isNullable === 'YES' || isNullable === 1,
    maxLength: maxLength === null ? null : Number(maxLength),
    isCaseSensitive: collation !== null && /(_bin|_cs|^binary)$/i.test(collation),
  };
}

async function mysqlColumns<Tables>(db: Kysely<Tables>, tables: readonly string[]): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select table_name as tableName, column_name as columnName, is_nullable as isNullable,
      character_maximum_length as maxLength, collation_name as collation
    from information_schema.columns where table_schema = database() and table_name in (${sql.join(tables)})`.execute(db);
  return rows;
}

/** SQLite stores a text of any length in any column, and the embedded address column ignores case. */
async function sqliteColumns<Tables>(db: Kysely<Tables>, tables: readonly string[]): Promise<readonly ColumnRow[]> {
  const found: ColumnRow[] = [];
  for (const table of tables) {
    const { rows } = await sql<ColumnRow>`
      select ${table} as tableName, name as columnName, 1 - "notnull" as isNullable, null as maxLength, null as collation
      from pragma_table_info(${table})`.execute(db);
    found.push(...rows);
  }
  return found;
}
