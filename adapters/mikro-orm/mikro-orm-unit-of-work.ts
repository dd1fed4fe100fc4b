import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';
import { createStores, type SharedTools } from './create-stores.js';
import type { TransactionGate } from './mysql/transaction-gate.js';
import { inTransaction } from './sql/transaction.js';

/** A database transaction, under READ COMMITTED on MySQL and alone on SQLite. */
export class MikroOrmUnitOfWork implements UnitOfWork {
  readonly #tools: SharedTools;
  readonly #gate: TransactionGate | null;

  /** Without a gate as many run at once as there are connections. */
  constructor({ tools, gate = null }: { readonly tools: SharedTools; readonly gate?: TransactionGate | null }) {
    this.#tools = tools;
    this.#gate = gate;
  }

  run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    const transaction = () =>
      inTransaction(this.#tools.db, (db) => work(createStores({ ...this.#tools, db, together: null, atomically: (step) => step(db) })));
    return this.#gate === null ? transaction() : this.#gate.run(transaction);
  }
}
