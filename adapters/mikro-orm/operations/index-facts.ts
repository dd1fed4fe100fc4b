import { sql } from 'kysely';
import type { Db } from '../own-entities.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';

interface IndexRow {
  readonly tableName: string;
  readonly indexName: string;
  readonly columnName: string | null;
  readonly isUnique: number | string;
}

/** The indexes of the existing tables, as far as they serve queries for one value. */
export class Indexes {
  /** The columns of each index, in order, by table; names in lower case. */
  readonly #indexes: readonly { readonly table: string; readonly columns: readonly string[]; readonly isUnique: boolean }[];

  constructor(rows: readonly IndexRow[]) {
    const groups = Map.groupBy(rows, ({ tableName, indexName }) => `${tableName}\n${indexName}`);
    this.#indexes = [...groups.values()].map((group) => ({
      table: (group[0]?.tableName ?? '').toLowerCase(),
      columns: group.map(({ columnName }) => (columnName ?? '').toLowerCase()),
      isUnique: Number(group[0]?.isUnique) === 1,
    }));
  }

  /** Returns whether an index finds rows by this column. */
  serves(table: string, column: string): boolean {
    return this.#of(table).some(({ columns }) => columns[0] === column.toLowerCase());
  }

  /** Returns whether an index ensures that values are unique. */
  isUnique(table: string, column: string): boolean {
    return this.#of(table).some(({ columns, isUnique }) => isUnique && columns.length === 1 && columns[0] === column.toLowerCase());
  }

  #of(table: string) {
    return this.#indexes.filter((index) => index.table === table.toLowerCase());
  }
}

export async function readIndexes(db: Db, kind: SqlFlavour['kind'], tables: readonly string[]): Promise<Indexes> {
  return new Indexes(kind === 'mysql' ? await mysqlIndexes(db, tables) : await sqliteIndexes(db, tables));
}

async function mysqlIndexes(db: Db, tables: readonly string[]): Promise<readonly IndexRow[]> {
  const { rows } = await sql<IndexRow>`
    select table_name as tableName, index_name as indexName, column_name as columnName, 1 - non_unique as isUnique
    from information_schema.statistics where table_schema = database() and table_name in (${sql.join(tables)})
    order by table_name, index_name, seq_in_index`.execute(db);
  return rows;
}

/** The primary key has no index of its own where it is the rowid. */
async function sqliteIndexes(db: Db, tables: readonly string[]): Promise<readonly IndexRow[]> {
  const found: IndexRow[] = [];
  for (const table of tables) {
    const { rows } = await sql<IndexRow>`
      select ${table} as tableName, list.name as indexName, info.name as columnName, list."unique" as isUnique
      from pragma_index_list(${table}) as list join pragma_index_info(list.name) as info where list.partial = 0
      union all select ${table}, 'primary key', name, 1 from pragma_table_info(${table}) where pk > 0`.execute(db);
    found.push(...rows);
  }
  return found;
}
