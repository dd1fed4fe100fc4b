import type { Database, DatabaseOptions } from '../../../adapters/mikro-orm/open-database.js';
import type { DatabaseServer } from '../../support/servers/database-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { openByUrl } from './open-test-database.js';

/** A database as a test sees it, and as this product does. */
export interface MigratedDatabase {
  readonly test: TestDatabase;
  readonly database: Database;
}

/** Creates one, with the existing tables empty and this product's tables created. */
export async function openMigrated(server: DatabaseServer, options: Partial<DatabaseOptions> = {}): Promise<MigratedDatabase> {
  const test = await server.createDatabase();
  await test.loadExistingSchema({ rows: false });
  const database = await openByUrl(test.url, options);
  await database.migrations.up();
  return { test, database };
}

/** For the tests of a `describe`: one database on the shared server, with the existing tables empty and this product's tables created. */
export function migratedDatabase(): MigratedDatabase {
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    ({ test, database } = await openMigrated(await sharedDatabaseServer()));
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await test?.[Symbol.asyncDispose]();
  });
  return {
    get test() {
      return test;
    },
    get database() {
      return database;
    },
  };
}
