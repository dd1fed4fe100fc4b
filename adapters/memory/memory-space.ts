import type { MemoryTables } from './memory-tables.js';

/** The data that a store works on: the committed data, where each change is a unit of its own, or the data of one unit of work. */
export interface MemorySpace {
  read<Result>(ask: (tables: MemoryTables) => Result): Promise<Result>;

  /** Runs one atomic step: it changes nothing when it throws. */
  write<Result>(change: (tables: MemoryTables) => Result): Promise<Result>;
}
