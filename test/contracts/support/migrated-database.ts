import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { sharedDatabaseServer } from '../../support/servers/shared-servers.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { openByUrl } from './open-test-database.js';

/** A database as a test sees it, and as we do. */
export interface MigratedDatabase {
  readonly test: TestDatabase;
  readonly database: Database;
}

/** For the tests of a `describe`: one database on the shared server, the existing tables empty and ours made. */
export function migratedDatabase(): MigratedDatabase {
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows: false });
    database = await openByUrl(test.url);
    await database.migrations.up();
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
