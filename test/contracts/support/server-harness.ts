import { type Database, type DatabaseOptions, openDatabase } from '../../../adapters/mikro-orm/open-database.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import type { OpenStore } from '../../kit/contracts/support/store-harness.js';
import { targetOf } from '../../support/database-target.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { existingHands } from './existing-hands.js';

const tables = ['abonnement', 'acces_app', 'users', 'auth_sessions', 'audit_logs', 'auth_credentials', 'auth_email_claims'];

/** One database on the real server for all the tests of a suite, emptied for each of them. Call it where a suite is described. */
export function serverStore(credentialWrites: DatabaseOptions['credentialWrites'], { isBatching = true } = {}): OpenStore {
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows: false });
    database = await openDatabase({ target: targetOf(test.url), poolMax: 10, credentialWrites, migrations: ownMigrations, isBatching });
    await database.migrations.up();
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await test?.[Symbol.asyncDispose]();
  });

  return async () => {
    for (const table of tables) await test.query(`delete from ${table}`);
    let isUnique = true;
    return {
      stores: database.stores,
      unitOfWork: database.unitOfWork,
      existingSchema: database.existingSchema,
      ...existingHands((sql, params) => test.query(sql, params)),
      allowDuplicateEmails: async () => {
        await test.query('alter table users drop index uq_users_email');
        isUnique = false;
      },
      dispose: async () => {
        if (isUnique) return;
        await test.query('delete from acces_app');
        await test.query('delete from users');
        await test.query('alter table users add unique key uq_users_email (email)');
      },
    };
  };
}
