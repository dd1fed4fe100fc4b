import { isMysqlUrl, type MysqlDatabase, parseMysqlUrl, showMysqlDatabase } from './mysql-url.js';
import { parseSqliteUrl, type SqliteDatabase } from './sqlite-url.js';
import { textSchema, WrongValue } from './text-schema.js';

/** The database to use. */
export type DatabaseConfig = MysqlDatabase | SqliteDatabase;

/** `DB_URL`. Its messages repeat no part of the text, which contains a password. */
export const databaseUrl = textSchema((text): DatabaseConfig => {
  if (isMysqlUrl(text)) return parseMysqlUrl(text);
  if (/^sqlite[+:]/i.test(text)) return parseSqliteUrl(text);
  throw new WrongValue('wants mysql://user:password@host:3306/database, mariadb://…, mysql+asyncmy://… or sqlite:./file.db');
});

/** The URL for display to an operator: password masked. */
export function showDatabase(database: DatabaseConfig): string {
  switch (database.kind) {
    case 'mysql':
      return showMysqlDatabase(database);
    case 'sqlite':
      return `sqlite:${database.file}`;
  }
}
