import type { Infrastructure } from '../infrastructure.js';

/** The parameters of a measurement. */
export interface FigureContext {
  readonly infrastructure: Infrastructure;
  /** Folder of the backend to compare with; null: none. */
  readonly baseline: string | null;
  /** Whether only this server is measured. */
  readonly isAlone: boolean;
  readonly rounds: number;
  readonly seconds: number;
  /** Folder for CPU profiles of this server; null: none. */
  readonly profileFolder: string | null;
  /** Number of rows of the users table, and of sessions, in the larger of two databases. */
  readonly rows: number;
}
