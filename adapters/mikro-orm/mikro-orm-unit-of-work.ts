import { abortableWork } from '../../core/domain/throw-if-aborted.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';
import { createStores } from './create-stores.js';
import { isContention } from './sql/driver-errors.js';
import { inOneTransaction, retry } from './sql/transaction.js';
import type { StoreTools } from './store-tools.js';

export interface MikroOrmUnitOfWorkOptions {
  readonly tools: StoreTools;
  /** Makes the stores of a transaction; `createStores` unless given. */
  readonly storesOf?: (tools: StoreTools) => Stores;
  /** Errors after which the work runs again: unless given, a deadlock, or a lock that was not granted in time. */
  readonly isPassing?: (error: unknown) => boolean;
}

/** A database transaction, under READ COMMITTED on MySQL and alone on SQLite. */
export class MikroOrmUnitOfWork implements UnitOfWork {
  readonly #options: Required<MikroOrmUnitOfWorkOptions>;

  constructor({ tools, storesOf = createStores, isPassing = isContention }: MikroOrmUnitOfWorkOptions) {
    this.#options = { tools, storesOf, isPassing };
  }

  run<Result>(work: (stores: Stores) => Promise<Result>, { signal }: UnitOfWorkOptions = {}): Promise<Result> {
    const { tools, storesOf, isPassing } = this.#options;
    const awaited = abortableWork(work, signal);
    return retry(() => inOneTransaction(tools.db, (db) => awaited(storesOf({ ...tools, db }))), isPassing);
  }
}
