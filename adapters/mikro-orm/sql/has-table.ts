import { sql } from 'kysely';
import type { Db } from '../own-entities.js';
import type { SqlFlavour } from './sql-flavour.js';

/** Whether there is a table of this name that the account may see. */
export async function hasTable(db: Db, kind: SqlFlavour['kind'], name: string): Promise<boolean> {
  const look =
    kind === 'mysql'
      ? sql`select 1 from information_schema.tables where table_schema = database() and table_name = ${name}`
      : sql`select 1 from sqlite_master where type = 'table' and name = ${name}`;
  return (await look.execute(db)).rows.length > 0;
}
