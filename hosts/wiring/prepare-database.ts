import type { Database } from '../../adapters/mikro-orm/open-database.js';
import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import { demoLogin } from './demo-login.js';

export interface PrepareDatabaseOptions {
  readonly migrations: Database['migrations'];
  readonly useCases: UseCases;
  readonly keyedDigest: Ports['keyedDigest'];
  /** The embedded database looks after itself. */
  readonly isEmbedded: boolean;
  /** Its tables are nobody else's, and begin with demo accounts. */
  readonly isOurs: boolean;
  /** Throws when the existing tables are not as the mapping says. */
  readonly assertMapped: () => void;
  /** On a shared server, tables are made only when somebody says so. */
  readonly mayMigrate: boolean;
}

/** Makes our tables, or refuses to start without them. */
export async function prepareDatabase({
  migrations,
  useCases,
  keyedDigest,
  isEmbedded,
  isOurs,
  assertMapped,
  mayMigrate,
}: PrepareDatabaseOptions): Promise<void> {
  assertMapped();
  const isFirstStart = isOurs && (await migrations.executed()).length === 0;
  if (isEmbedded || mayMigrate) await migrations.up();
  const pending = await migrations.pending();
  if (pending.length > 0) {
    throw new Error(`The database lacks ${pending.length} migrations: run "move-acces db migrate" first, or start with --migrate.`);
  }
  if (isFirstStart) await useCases.seedDemo.execute({ password: demoLogin(keyedDigest).password, actor: 'system' });
}
