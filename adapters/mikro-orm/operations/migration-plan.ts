import type { MigrationObject } from '@mikro-orm/core';

/** The migrations that the migrator runs. The caller provides them. */
export interface MigrationPlan {
  /** In the order in which they run. */
  readonly list: readonly MigrationObject[];
  /** Throws for a statement that may change more than this product's own tables. Called before each statement is sent. */
  readonly assertAllowed: (sql: string) => void;
}

/** The migrations of this product so far. */
export interface Migrations {
  /** Names of the migrations that were not run, in the order in which they run. Creates nothing. */
  pending(): Promise<readonly string[]>;
  /** Names of the migrations that were run, the oldest first. */
  executed(): Promise<readonly string[]>;
  /**
   * Runs pending migrations, one process at a time. Other processes wait and then find none pending. Returns the names of the migrations
   * that this call ran.
   */
  up(): Promise<readonly string[]>;
}

/** Name of the table that stores the names of the migrations that were run. */
export const migrationLog = 'auth_migrations';
