import { abortableWork } from '../../core/domain/throw-if-aborted.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';
import { createStores, type SharedTools } from './create-stores.js';
import type { TransactionGate } from './mysql/transaction-gate.js';
import { SharedTransactions } from './sql/shared-transactions.js';
import { inOneTransaction, inTransaction } from './sql/transaction.js';
import type { StoreRoom } from './store-tools.js';
import { storesTogether } from './stores-together.js';

export interface MikroOrmUnitOfWorkOptions {
  readonly tools: SharedTools;
  /** Of a server. Without one, transactions are not shared, and nothing bounds how many run at once. */
  readonly gate?: TransactionGate | null;
}

type Work<Result> = (stores: Stores) => Promise<Result>;

/** A database transaction, under READ COMMITTED on MySQL and alone on SQLite. */
export class MikroOrmUnitOfWork implements UnitOfWork {
  readonly #tools: SharedTools;
  readonly #gate: TransactionGate | null;
  readonly #shared: SharedTransactions<Stores> | null;

  constructor({ tools, gate = null }: MikroOrmUnitOfWorkOptions) {
    this.#tools = tools;
    this.#gate = gate;
    this.#shared =
      gate &&
      new SharedTransactions<Stores>({
        begin: (work) =>
          gate.run(() => inOneTransaction(tools.db, (db) => work(this.#storesIn({ db, together: storesTogether({ ...tools, db }) })))),
        alone: (work) => this.#runAlone(work),
      });
  }

  run<Result>(work: Work<Result>, { subject, signal }: UnitOfWorkOptions = {}): Promise<Result> {
    const awaited = abortableWork(work, signal);
    return subject === undefined || this.#shared === null ? this.#runAlone(awaited) : this.#shared.run(subject, awaited, signal);
  }

  #runAlone<Result>(work: Work<Result>): Promise<Result> {
    const transaction = () => inTransaction(this.#tools.db, (db) => work(this.#storesIn({ db, together: null })));
    return this.#gate === null ? transaction() : this.#gate.run(transaction);
  }

  #storesIn(room: StoreRoom): Stores {
    return createStores({ ...this.#tools, ...room, atomically: (step) => step(room) });
  }
}
