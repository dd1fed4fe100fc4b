import type { MemoryTables } from './memory-tables.js';

/** Where a store works: on what is committed, each change a unit of its own, or inside one unit of work. */
export interface MemorySpace {
  read<Result>(ask: (tables: MemoryTables) => Result): Promise<Result>;

  /** One atomic step: nothing of it remains when it throws. */
  write<Result>(change: (tables: MemoryTables) => Result): Promise<Result>;
}
