import { sql } from 'kysely';
import type { DatabaseFault } from '../sql/database-fault.js';
import type { StoreTools } from '../store-tools.js';

type Tools = Pick<StoreTools, 'db' | 'flavour'>;

/** A row of a server's catalogue. Its column names are in capitals on one kind of server and not on another. */
type CatalogueRow = Readonly<Record<string, string | null>>;

/**
 * Returns what caused the rejection of a row, as far as the error and the definition of the table show: names of columns, and expressions
 * that contain them.
 */
export async function refusedPlaces({ db, flavour }: Tools, table: string, fault: DatabaseFault): Promise<readonly string[]> {
  const { columns, key, constraint } = fault;
  const catalogue = flavour.kind === 'mysql' ? new ServerCatalogue(db) : new FileCatalogue(db);
  const ofKey = key === null ? [] : await catalogue.partsOfKey(table, key);
  const ofConstraint = constraint === null ? [] : [constraint, ...(await catalogue.clausesOf(table, constraint))];
  return [...columns, ...ofKey, ...ofConstraint];
}

/** Returns whether a text contains a column's name as a word, outside of quotes. */
export function namesColumn(text: string, column: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${literal(column)}(?![\\p{L}\\p{N}_$])`, 'iu').test(text.replace(/'(?:[^'\\]|'')*'/g, ''));
}

/** Escapes a name for use in a pattern. */
const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

class ServerCatalogue {
  readonly #db: Tools['db'];

  constructor(db: Tools['db']) {
    this.#db = db;
  }

  /** The key's columns; where one is generated or has no name, its expression. */
  async partsOfKey(table: string, key: string): Promise<readonly string[]> {
    const bare = key.startsWith(`${table}.`) ? key.slice(table.length + 1) : key;
    const { rows } = await sql<CatalogueRow>`
      select s.*, c.generation_expression from information_schema.statistics as s left join information_schema.columns as c
        on c.table_schema = s.table_schema and c.table_name = s.table_name and c.column_name = s.column_name
      where s.table_schema = database() and s.table_name = ${table} and s.index_name in (${key}, ${bare})`.execute(this.#db);
    return rows.map(lowered).flatMap((row) => [row['column_name'], row['expression'], row['generation_expression']].filter(isText));
  }

  async clausesOf(table: string, constraint: string): Promise<readonly string[]> {
    const { rows } = await sql<CatalogueRow>`
      select * from information_schema.check_constraints
      where constraint_schema = database() and constraint_name = ${constraint}`.execute(this.#db);
    // MariaDB allows constraints with the same name in several tables.
    const own = rows.map(lowered).filter((row) => (row['table_name'] ?? table).toLowerCase() === table.toLowerCase());
    return own.map((row) => row['check_clause']).filter(isText);
  }
}

class FileCatalogue {
  readonly #db: Tools['db'];

  constructor(db: Tools['db']) {
    this.#db = db;
  }

  async partsOfKey(_table: string, key: string): Promise<readonly string[]> {
    const index = /^index '(.+)'$/.exec(key)?.[1];
    if (index === undefined) return key.split(', ').map((name) => name.slice(name.indexOf('.') + 1));
    const definition = await this.#definition('index', index);
    return [definition.slice(definition.indexOf('('))];
  }

  async clausesOf(table: string, constraint: string): Promise<readonly string[]> {
    const definition = await this.#definition('table', table);
    const start = new RegExp(`\\bconstraint\\s+["\`[]?${literal(constraint)}["\`\\]]?\\s+check\\s*\\(`, 'iu').exec(definition);
    return start === null ? [] : [bracketed(definition.slice(start.index + start[0].length))];
  }

  async #definition(type: 'table' | 'index', name: string): Promise<string> {
    const { rows } = await sql<{ sql: string | null }>`select sql from sqlite_master where type = ${type} and name = ${name}`.execute(
      this.#db,
    );
    return rows[0]?.sql ?? '';
  }
}

/** Returns the text up to the bracket that closes the one opened before it. */
function bracketed(text: string): string {
  let depth = 1;
  const end = [...text].findIndex((letter) => {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    return depth === 0;
  });
  return end === -1 ? text : text.slice(0, end);
}

const lowered = (row: CatalogueRow): CatalogueRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));

const isText = (value: string | null | undefined): value is string => typeof value === 'string' && value !== '';
