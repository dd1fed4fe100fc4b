import { type Database, type DatabaseOptions, openDatabase } from '../../../adapters/mikro-orm/open-database.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import { targetOf } from '../../support/database-target.js';

/** Opens a database on the real server, by its URL. */
export const openByUrl = (url: string, options: Partial<DatabaseOptions> = {}): Promise<Database> =>
  openDatabase({ target: targetOf(url), poolMax: 10, credentialWrites: 'auto', migrations: ownMigrations, ...options });

/** Opens a database in a file. */
export const openByFile = (file: string, options: Partial<DatabaseOptions> = {}): Promise<Database> =>
  openDatabase({ target: { kind: 'sqlite', file }, poolMax: 1, credentialWrites: 'auto', migrations: ownMigrations, ...options });
