import { abortableWork } from '../../core/domain/throw-if-aborted.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';
import type { MemoryDatabase } from './memory-database.js';
import type { MemorySpace } from './memory-space.js';
import { MemoryStores } from './memory-stores.js';
import type { MemoryTables } from './memory-tables.js';

/**
 * Runs one unit of work at a time. A change outside waits for its end. So a change outside that the unit of work itself awaits never runs.
 */
export class MemoryUnitOfWork implements UnitOfWork {
  readonly #database: MemoryDatabase;

  constructor(options: { readonly database: MemoryDatabase }) {
    this.#database = options.database;
  }

  async run<Result>(work: (stores: Stores) => Promise<Result>, { signal }: UnitOfWorkOptions = {}): Promise<Result> {
    const awaited = abortableWork(work, signal);
    return await this.#database.write(async (tables) => {
      const space = new Draft({ tables });
      try {
        return await awaited(new MemoryStores({ database: this.#database, space }));
      } finally {
        space.close();
      }
    });
  }
}

/** The tables of one unit of work, usable only until it ends. */
class Draft implements MemorySpace {
  #tables: MemoryTables | null;

  constructor(options: { readonly tables: MemoryTables }) {
    this.#tables = options.tables;
  }

  async read<Result>(ask: (tables: MemoryTables) => Result): Promise<Result> {
    if (this.#tables === null) throw new Error('the unit of work of this store has ended');
    return ask(this.#tables);
  }

  async write<Result>(change: (tables: MemoryTables) => Result): Promise<Result> {
    return await this.read(change);
  }

  close(): void {
    this.#tables = null;
  }
}
