import type { CompiledQuery, QueryResult, RawBuilder } from 'kysely';
import type { Db } from '../own-entities.js';
import type { ColumnValue } from './row-sql.js';

/** The texts that connections to a server prepare, each once. */
export type PreparedTexts = Set<string>;

/**
 * A statement that runs often. Its text is built once, and only its parameters change, in the order of the text. For a server, this process
 * does not escape them, and the server does not parse the text again. Not for statements that compare times as texts: a prepared statement
 * leaves out the zeros at the end of a time.
 */
export class ReadyStatement<Row = unknown> {
  readonly #builder: RawBuilder<Row>;
  readonly #texts: PreparedTexts;
  #compiled: CompiledQuery<Row> | null = null;

  /** Where the builder has parameters, any will do. */
  constructor({ builder, texts }: { readonly builder: RawBuilder<Row>; readonly texts: PreparedTexts }) {
    this.#builder = builder;
    this.#texts = texts;
  }

  run(db: Db, parameters: readonly ColumnValue[]): Promise<QueryResult<Row>> {
    const compiled = this.#compiled ?? this.#compile(db);
    return db.executeQuery<Row>({ ...compiled, parameters });
  }

  #compile(db: Db): CompiledQuery<Row> {
    this.#compiled = this.#builder.compile(db);
    this.#texts.add(this.#compiled.sql);
    return this.#compiled;
  }
}
