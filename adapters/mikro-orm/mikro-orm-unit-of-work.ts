import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';
import { createStores, type SharedTools } from './create-stores.js';
import { inTransaction } from './sql/transaction.js';

/** A database transaction, under READ COMMITTED on MySQL and alone on SQLite. */
export class MikroOrmUnitOfWork implements UnitOfWork {
  readonly #tools: SharedTools;

  constructor(tools: SharedTools) {
    this.#tools = tools;
  }

  run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    return inTransaction(this.#tools.db, (db) => work(createStores({ ...this.#tools, db, atomically: (step) => step(db) })));
  }
}
