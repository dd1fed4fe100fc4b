import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteStatement } from 'kysely';
import { portError } from '../sql/driver-errors.js';

/** How long a writer waits for another process's transaction. The wait blocks this process, so it is short. */
const busyMs = 2000;
const cachedStatements = 200;

export interface EmbeddedSqliteOptions {
  readonly file: string;
  readonly inspect?: (sql: string) => void;
}

/**
 * SQLite of the runtime itself. Transactions begin IMMEDIATE: one that begins as a reader and writes later fails as soon as two
 * processes write. The file and its folder are made when missing, readable by their owner alone.
 */
export class EmbeddedSqliteDialect extends SqliteDialect {
  constructor({ file, inspect }: EmbeddedSqliteOptions) {
    super({
      database: async () => {
        const database = guarded(() => openFile(file));
        const prepare = statementCache(database);
        return {
          prepare: (sql: string): SqliteStatement => {
            inspect?.(sql);
            const statement = guarded(() => prepare(sql === 'begin' ? 'begin immediate' : sql));
            // Texts, numbers and null are all that the stores pass.
            const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
            return {
              reader: statement.columns().length > 0,
              all: (parameters) => guarded(() => statement.all(...values(parameters))),
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
  mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600)); // the journals that SQLite puts beside it take over its mode
  const database = new DatabaseSync(file, { timeout: busyMs, enableForeignKeyConstraints: true });
  database.exec('pragma journal_mode = wal; pragma synchronous = normal');
  return database;
}

/** Keeps the statements used last. */
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
