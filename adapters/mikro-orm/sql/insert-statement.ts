import { CompiledQuery, sql } from 'kysely';
import type { Db } from '../own-entities.js';
import { type PreparedTexts, ReadyStatement } from './ready-statement.js';
import type { ColumnValue } from './row-sql.js';

export interface InsertStatementOptions<Column extends string> {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly texts: PreparedTexts;
}

type Row<Column extends string> = Readonly<Record<Column, ColumnValue>>;

/** Rows in one statement: well below what a server takes, and what SQLite takes of parameters. */
const rowsAtOnce = 500;

/** Inserts any number of rows: one is a ready statement, and the text for more is made once for each number of them. */
export class InsertStatement<Column extends string> {
  readonly #columns: readonly Column[];
  readonly #head: string;
  readonly #row: string;
  readonly #one: ReadyStatement;
  readonly #texts = new Map<number, string>();

  constructor({ table, columns, texts }: InsertStatementOptions<Column>) {
    this.#columns = columns;
    this.#head = `insert into ${table} (${columns.join(', ')}) values `;
    this.#row = `(${columns.map(() => '?').join(', ')})`;
    this.#one = new ReadyStatement({ builder: sql.raw(this.#head + this.#row), texts });
  }

  async run(db: Db, rows: readonly Row<Column>[]): Promise<void> {
    for (let start = 0; start < rows.length; start += rowsAtOnce) await this.#write(db, rows.slice(start, start + rowsAtOnce));
  }

  async #write(db: Db, rows: readonly Row<Column>[]): Promise<void> {
    const values = rows.flatMap((row) => this.#columns.map((name) => row[name]));
    if (rows.length === 1) await this.#one.run(db, values);
    else await db.executeQuery(CompiledQuery.raw(this.#textFor(rows.length), values));
  }

  #textFor(count: number): string {
    const text = this.#texts.get(count) ?? this.#head + Array.from({ length: count }, () => this.#row).join(', ');
    this.#texts.set(count, text);
    return text;
  }
}
