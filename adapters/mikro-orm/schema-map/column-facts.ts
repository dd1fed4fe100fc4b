import { type Kysely, sql } from 'kysely';
import type { SchemaMap } from './schema-map.js';

/** What the database itself says of a column. */
export interface ColumnFacts {
  readonly isNullable: boolean;
  /** Characters that fit; null for no limit, or no text. */
  readonly maxLength: number | null;
  /** Whether `=` distinguishes `A` from `a`. */
  readonly isCaseSensitive: boolean;
  /** On a server, of a text. */
  readonly collation: string | null;
  /** The type without its width, in lower case: `int`, `varchar`; on SQLite, which does not enforce it, `date` or empty. */
  readonly dataType: string;
  /** Whether the database counts it up by itself. */
  readonly isNumbered: boolean;
  /** Whether its default is UUID_SHORT(), an integer of 64 bits. */
  readonly isShortUuid: boolean;
  /** Whether a new row has to say something for it: NOT NULL, and the database puts nothing there. */
  readonly needsValue: boolean;
  /** The texts that an ENUM takes; null for any. */
  readonly values: readonly string[] | null;
}

interface ColumnRow {
  readonly tableName: string;
  readonly columnName: string;
  readonly isNullable: string | number;
  readonly maxLength: number | string | null;
  readonly collation: string | null;
  readonly dataType: string;
  /** `enum('a','b')` */
  readonly columnType: string;
  readonly defaultValue: string | null;
  /** `auto_increment`, or how a generated column comes about. */
  readonly extra: string;
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

  /** Names of a table's columns, in lower case; none where there is no such table, or it may not be looked at. */
  namesIn(table: string): readonly string[] {
    const start = nameOf(table, '');
    return [...this.#facts.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  }
}

/** Reads them of every table that the map names. */
export async function readColumns<Tables>(db: Kysely<Tables>, map: SchemaMap, kind: 'mysql' | 'sqlite'): Promise<Columns> {
  const tables = [map.users.table, map.credentials.table, ...(map.subscriptions ? [map.subscriptions.table] : [])];
  const rows = kind === 'mysql' ? await mysqlColumns(db, tables) : await sqliteColumns(db, tables);
  return new Columns(new Map(rows.map((row) => [nameOf(row.tableName, row.columnName), factsOf(row)])));
}

const nameOf = (table: string, column: string): string => `${table}.${column}`.toLowerCase();

function factsOf(row: ColumnRow): ColumnFacts {
  const { maxLength, collation, dataType, columnType, extra } = row;
  const isNullable = row.isNullable === 'YES' || row.isNullable === 1;
  return {
    isNullable,
    collation: dataType === '' ? null : collation,
    dataType: dataType.toLowerCase(),
    isNumbered: /auto_increment/i.test(extra),
    isShortUuid: /^\(*uuid_short\(\)\)*$/i.test(row.defaultValue ?? ''),
    needsValue: !isNullable && row.defaultValue === null && extra === '',
    values:
      dataType.toLowerCase() === 'enum'
        ? [...columnType.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"))
        : null,
    maxLength: maxLength === null ? null : Number(maxLength),
    isCaseSensitive: collation !== null && /(_bin|_cs|^binary)$/i.test(collation),
  };
}

async function mysqlColumns<Tables>(db: Kysely<Tables>, tables: readonly string[]): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select table_name as tableName, column_name as columnName, is_nullable as isNullable,
      character_maximum_length as maxLength, collation_name as collation, data_type as dataType, column_type as columnType,
      column_default as defaultValue, extra as extra
    from information_schema.columns where table_schema = database() and table_name in (${sql.join(tables)})
    order by table_name, ordinal_position`.execute(db);
  return rows;
}

/** SQLite stores a text of any length in any column. Whether one ignores case stands in its table's definition alone. */
async function sqliteColumns<Tables>(db: Kysely<Tables>, tables: readonly string[]): Promise<readonly ColumnRow[]> {
  const found: ColumnRow[] = [];
  for (const table of tables) {
    const { rows } = await sql<ColumnRow>`
      select ${table} as tableName, name as columnName, 1 - "notnull" as isNullable, null as maxLength, 
        (select sql from sqlite_master where type = 'table' and name = ${table}) as collation,
        case lower(type) when 'date' then 'date' else '' end as dataType, '' as columnType, dflt_value as defaultValue,
        case when pk = 1 and lower(type) = 'integer' then 'auto_increment' else '' end as extra
      from pragma_table_info(${table})`.execute(db);
    found.push(...rows.map((row) => ({ ...row, collation: sqliteCollation(row.columnName, row.collation ?? '') })));
  }
  return found;
}

/** The collation that a column's definition names; BINARY, which distinguishes case, where it names none. */
function sqliteCollation(column: string, definition: string): string {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[\\s(,"\`[])${name}["\`\\]]?\\s[^,]*collate\\s+nocase`, 'iu').test(definition) ? 'nocase' : 'binary';
}
