import type { TestDatabase } from '../../support/servers/test-database.js';

const tables = ['users', 'acces_app', 'abonnement'];

/** The exact output of `SHOW CREATE TABLE` for the reference tables; AUTO_INCREMENT=… is the table's content, not its definition. */
export async function theirDefinitions({ query }: TestDatabase): Promise<string> {
  const rows = await Promise.all(tables.map((table) => query(`SHOW CREATE TABLE ${table}`)));
  return rows.map((row) => JSON.stringify(row).replace(/ AUTO_INCREMENT=\d+/, '')).join('\n');
}
