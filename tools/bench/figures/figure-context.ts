import type { Infrastructure } from '../infrastructure.js';

/** What a measurement of figures is given. */
export interface FigureContext {
  readonly infrastructure: Infrastructure;
  /** Folder of the backend that is compared with; null: none. */
  readonly baseline: string | null;
  /** Whether this server is measured alone. */
  readonly isAlone: boolean;
  readonly rounds: number;
  readonly seconds: number;
  /** Folder for CPU profiles of what is ours; null: none. */
  readonly profileFolder: string | null;
  /** Rows of the users table, and of sessions, in the large one of two databases. */
  readonly rows: number;
}
