import type { MigrationObject } from '@mikro-orm/core';

/** What the migrator runs, handed in by who knows it. */
export interface MigrationPlan {
  /** In the order of running. */
  readonly list: readonly MigrationObject[];
  /** Throws for a statement that may touch more than tables of ours; asked before each one is sent. */
  readonly assertAllowed: (sql: string) => void;
}

/** The migrations of this product so far. */
export interface Migrations {
  /** Names of those that were not run, in the order of running. Creates nothing. */
  pending(): Promise<readonly string[]>;
  /** Names of those that were run, the oldest first. */
  executed(): Promise<readonly string[]>;
  /** Runs what is pending, one process at a time; others wait and then find nothing to do. Returns the names of what this call ran. */
  up(): Promise<readonly string[]>;
}

/** Name of the table that holds the names of what was run. */
export const migrationLog = 'auth_migrations';
