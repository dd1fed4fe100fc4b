import { resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteStatement } from 'kysely';
import { portError } from '../sql/driver-errors.js';
import { DatabaseFiles, openDatabaseFile } from './database-file.js';
import { rowsOf, values } from './exact-integers.js';

/** How long a writer waits for another process's transaction, in milliseconds. The wait blocks this process, so it is short. */
const busyMs = 2000;
const cachedStatements = 200;

/** Without `fullfsync` a commit on macOS ends in the cache of the disk. The query makes SQLite open the journals. */
const settings = `pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on; pragma checkpoint_fullfsync = on;
  select 1 from sqlite_schema limit 1`;

export interface EmbeddedSqliteOptions {
  readonly file: string;
  readonly inspect?: (sql: string) => void;
}

/**
 * Node.js's own SQLite. Transactions begin IMMEDIATE: one that begins as a reader and writes later fails when two processes write. A commit
 * is on the disk before it returns. A missing file or folder is created, readable only by its owner. After the file was deleted or
 * replaced, every statement fails until the process is restarted.
 */
export class EmbeddedSqliteDialect extends SqliteDialect {
  constructor({ file, inspect }: EmbeddedSqliteOptions) {
    super({
      database: async () => {
        const path = resolve(file);
        const database = guarded(() => openFile(path));
        const files = new DatabaseFiles(path);
        const prepare = statementCache(database);
        return {
          prepare: (sql: string): SqliteStatement => {
            inspect?.(sql);
            if (sql !== 'rollback') files.assertInPlace();
            const statement = guarded(() => prepare(sql === 'begin' ? 'begin immediate' : sql));
            const isReader = statement.columns().length > 0;
            if (!isReader) statement.setReadBigInts(true); // of the number of a new row
            return {
              reader: isReader,
              all: (parameters) => guarded(() => rowsOf(statement, values(parameters))),
              run: (parameters) => guarded(() => statement.run(...values(parameters))),
              iterate: (parameters) => statement.iterate(...values(parameters)),
            };
          },
          close: () => database.close(),
        };
      },
    });
  }
}

function openFile(file: string): DatabaseSync {
  const database = openDatabaseFile(file, (path) => new DatabaseSync(path, { timeout: busyMs, enableForeignKeyConstraints: true }));
  try {
    database.exec(settings);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Keeps the most recently used statements. */
function statementCache(database: DatabaseSync): (sql: string) => StatementSync {
  const cache = new Map<string, StatementSync>();
  return (sql) => {
    const statement = cache.get(sql) ?? database.prepare(sql);
    cache.delete(sql);
    cache.set(sql, statement);
    const [oldest] = cache.keys();
    if (cache.size > cachedStatements && oldest !== undefined) cache.delete(oldest);
    return statement;
  };
}

function guarded<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw portError(error);
  }
}
