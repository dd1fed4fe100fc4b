import { WrongValue } from './text-schema.js';

/** An embedded SQLite database. `file` is absolute in a `Config`. */
export interface SqliteDatabase {
  readonly kind: 'sqlite';
  readonly file: string;
}

/**
 * Parses `sqlite:PATH`, and the URLs of SQLAlchemy (`sqlite:///relative`, `sqlite:////absolute`, also with `+aiosqlite` or `+pysqlite`).
 * Their query is ignored: it contains settings of the Python driver.
 */
export function parseSqliteUrl(text: string): SqliteDatabase {
  const match = /^sqlite(?:\+(?:aiosqlite|pysqlite))?:(?:\/\/(?:\/|(?=$|\?)))?([^?]*)(?:\?.*)?$/is.exec(text);
  const file = match?.[1] ?? '';
  if (match !== null && (file === '' || file.includes(':memory:'))) {
    throw new WrongValue('wants a file (sqlite:./data/move-acces.db): no other process can see a database in memory');
  }
  if (file === '' || /^(?:\/\/|file:)/i.test(file) || /[/\\\0]$|\0/.test(file)) {
    throw new WrongValue('wants sqlite:./folder/file.db, sqlite:/folder/file.db or, as SQLAlchemy, sqlite:///./folder/file.db');
  }
  return { kind: 'sqlite', file };
}
