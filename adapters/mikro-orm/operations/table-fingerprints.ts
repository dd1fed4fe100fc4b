import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../own-entities.js';
import { DatabaseFault } from '../sql/database-fault.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';

/** Fingerprints of the definitions that the database user may read, by table. */
export async function tableFingerprints(db: Db, kind: SqlFlavour['kind'], tables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const table of tables) {
    const definition = kind === 'mysql' ? await mysqlDefinition(db, table) : await sqliteDefinition(db, table);
    if (definition !== null) found.set(table, createHash('sha256').update(definition, 'utf8').digest('hex'));
  }
  return found;
}

/** The next number of a counter is not a part of a definition: every new row changes it. */
export const withoutCounter = (definition: string): string => definition.replace(/^(\) ENGINE=\w+) AUTO_INCREMENT=\d+/m, '$1');

const invisible: ReadonlySet<string> = new Set(['ER_NO_SUCH_TABLE', 'ER_TABLEACCESS_DENIED_ERROR']);

async function mysqlDefinition(db: Db, table: string): Promise<string | null> {
  try {
    const { rows } = await sql<Readonly<Record<string, unknown>>>`show create table ${sql.table(table)}`.execute(db);
    const definition = rows[0]?.['Create Table'] ?? rows[0]?.['Create View'];
    return typeof definition === 'string' ? withoutCounter(definition) : null;
  } catch (error) {
    if (error instanceof DatabaseFault && invisible.has(error.code)) return null;
    throw error;
  }
}

/** The SQL of the table and of its indexes and triggers. */
async function sqliteDefinition(db: Db, table: string): Promise<string | null> {
  const { rows } = await sql<{ definition: string }>`
    select sql as definition from sqlite_master where tbl_name = ${table} and sql is not null order by type, name`.execute(db);
  return rows.length === 0 ? null : rows.map(({ definition }) => definition).join('\n');
}
