import type { Database } from '../../adapters/mikro-orm/open-database.js';

export interface PrepareDatabaseOptions {
  readonly migrations: Database['migrations'];
  /** The embedded database looks after itself. */
  readonly isEmbedded: boolean;
  /** Throws when the existing tables are not as the mapping says. */
  readonly assertMapped: () => void;
  /** Rejects when the server's configuration refuses every change. */
  readonly assertWritable: () => Promise<void>;
  /** On a shared server, tables are created at the start only when the operator passes `--migrate`. */
  readonly mayMigrate: boolean;
}

/** Makes our tables, or refuses to start without them. */
export async function prepareDatabase({
  migrations,
  isEmbedded,
  assertMapped,
  assertWritable,
  mayMigrate,
}: PrepareDatabaseOptions): Promise<void> {
  assertMapped();
  await assertWritable();
  if (isEmbedded || mayMigrate) await migrations.up();
  const pending = await migrations.pending();
  if (pending.length > 0) {
    throw new Error(`The database lacks ${pending.length} migrations: run "move-acces db migrate" first, or start with --migrate.`);
  }
}
