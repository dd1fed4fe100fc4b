import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import type { OpenStore, StoreHarness } from '../../kit/contracts/support/store-harness.js';
import type { SchemaMapExample } from '../../support/schema-map-example.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { mappedHands, quoted } from './mapped-hands.js';
import { openByFile, openByUrl } from './open-test-database.js';
import { sqliteQuery } from './sqlite-harness.js';

const ownTables = ['auth_sessions', 'audit_logs', 'auth_credentials', 'auth_email_claims'];

/** As `serverStore`, with the tables of an example for the existing ones. */
export function mappedServerStore(example: SchemaMapExample): OpenStore {
  const { map, tables } = example;
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    test = await (await sharedDatabaseServer()).createDatabase();
    for (const table of tables) await test.query(table);
    database = await openByUrl(test.url, { schemaMap: map });
    database.assertMapped();
    await database.migrations.up();
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await test?.[Symbol.asyncDispose]();
  });

  return async () => {
    const existing = [map.subscriptions?.table, map.credentials.table, map.users.table].filter((name) => name !== undefined);
    for (const table of [...existing, ...ownTables]) await test.query(`delete from ${quoted(table)}`);
    const { table, email } = map.users;
    const isUnique = async () => JSON.stringify(await test.query(`show index from ${quoted(table)}`)).includes(`"Key_name":"${email}"`);
    const wasUnique = await isUnique();
    return {
      stores: database.stores,
      unitOfWork: database.unitOfWork,
      existingSchema: database.existingSchema,
      ...mappedHands((sql, params) => test.query(sql, params), example),
      allowDuplicateEmails: async () => void (wasUnique && (await test.query(`alter table ${quoted(table)} drop index ${quoted(email)}`))),
      dispose: async () => {
        if (wasUnique === (await isUnique())) return;
        await test.query(`delete from ${quoted(table)}`);
        await test.query(`alter table ${quoted(table)} add unique key (${quoted(email)})`);
      },
    };
  };
}

/** As `openSqliteStore`, with the tables of an example for the existing ones. */
export async function openMappedSqliteStore(example: SchemaMapExample): Promise<StoreHarness> {
  const { map, sqliteTables } = example;
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-sqlite-'));
  const file = join(folder, 'test.db');
  const query = sqliteQuery(file);
  for (const table of sqliteTables) await query(table);
  const database = await openByFile(file, { schemaMap: map });
  database.assertMapped();
  await database.migrations.up();
  return {
    stores: database.stores,
    unitOfWork: database.unitOfWork,
    existingSchema: database.existingSchema,
    ...mappedHands(query, example),
    allowDuplicateEmails: async () => {
      await query(`drop table ${quoted(map.users.table)}`);
      await query(sqliteTables[0]?.replace(' UNIQUE', '') ?? '');
    },
    dispose: async () => {
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
