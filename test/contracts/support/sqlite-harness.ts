import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type DatabaseOptions, openDatabase } from '../../../adapters/mikro-orm/open-database.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import type { StoreHarness } from '../../kit/contracts/support/store-harness.js';
import { existingHands, type Query } from './existing-hands.js';

/** A store in an embedded file of its own. */
export async function openSqliteStore(credentialWrites: DatabaseOptions['credentialWrites']): Promise<StoreHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-sqlite-'));
  const file = join(folder, 'test.db');
  const database = await openDatabase({ target: { kind: 'sqlite', file }, poolMax: 1, credentialWrites, migrations: ownMigrations });
  await database.migrations.up();
  const query = sqliteQuery(file);
  return {
    stores: database.stores,
    unitOfWork: database.unitOfWork,
    existingSchema: database.existingSchema,
    ...existingHands(query),
    allowDuplicateEmails: async () => {
      const [table] = (await query("select sql from sqlite_master where name = 'users'")) as { sql: string }[];
      await query('drop table users');
      await query(table?.sql.replace(' unique', '') ?? '');
    },
    dispose: async () => {
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** A connection of its own for every statement, as another process would have. */
export function sqliteQuery(file: string): Query {
  return async (sql, params = []) => {
    const connection = new DatabaseSync(file, { timeout: 5000 });
    try {
      return connection.prepare(sql).all(...(params as SQLInputValue[]));
    } finally {
      connection.close();
    }
  };
}
