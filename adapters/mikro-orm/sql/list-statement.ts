import { CompiledQuery, type QueryResult, type RawBuilder } from 'kysely';
import type { Db } from '../own-entities.js';

/**
 * A statement for any of a list of integers. They are part of its text: as a parameter a number is sent as a double, by which MariaDB
 * may not find an index in a list.
 */
export class ListStatement<Row> {
  readonly #head: RawBuilder<Row>;
  #text: string | null = null;

  /** Without parameters; ends with the column that is to be in the list. */
  constructor(head: RawBuilder<Row>) {
    this.#head = head;
  }

  run(db: Db, keys: readonly (number | bigint)[]): Promise<QueryResult<Row>> {
    this.#text ??= this.#head.compile(db).sql;
    return db.executeQuery<Row>(CompiledQuery.raw(`${this.#text} in (${keys.join(', ')})`));
  }
}
