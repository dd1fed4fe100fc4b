import type { CompiledQuery, QueryResult, RawBuilder } from 'kysely';
import type { Db } from '../own-entities.js';
import type { ColumnValue } from './row-sql.js';

/** The texts that connections to a server prepare, each once. */
export type PreparedTexts = Set<string>;

/**
 * A statement that is asked all day: its text is made once, and what changes are its parameters, in the order of the text. On a server
 * it is neither escaped here nor parsed there again. Not for what compares times as texts: a prepared one leaves out zeros at the end.
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
