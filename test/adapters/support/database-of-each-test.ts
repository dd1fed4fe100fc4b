import type { Database, DatabaseOptions } from '../../../adapters/mikro-orm/open-database.js';
import { existingHands, type Hands } from '../../contracts/support/existing-hands.js';
import { type MigratedDatabase, openMigrated } from '../../contracts/support/migrated-database.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';

/** A server that a test may do anything to, and the hands of another application there. */
export interface ServerOfTheseTests extends MigratedDatabase {
  readonly server: DatabaseServer;
  readonly hands: Hands;
}

/** For the tests of a `describe`: a server of their own, up again for each, with a database that is new to each. */
export function databaseOfEachTest(options: Partial<DatabaseOptions>): ServerOfTheseTests {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    server = await startDatabaseServer();
  });
  after(() => server?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    ({ test, database } = await openMigrated(server, options));
  });
  afterEach(async () => {
    if (server.state === 'stopped') await server.start();
    server.thaw();
    await database?.[Symbol.asyncDispose]();
    await test?.[Symbol.asyncDispose]();
  });
  return {
    get server() {
      return server;
    },
    get test() {
      return test;
    },
    get database() {
      return database;
    },
    get hands() {
      return existingHands((sql, params) => test.query(sql, params));
    },
  };
}
