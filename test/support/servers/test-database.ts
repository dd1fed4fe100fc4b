import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { projectRoot } from '../project-root.js';
import type { DatabaseServer } from './database-server.js';

/** A database for one test or suite, dropped when disposed (unless its server is stopped, and is deleted with it). */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  /** `mysql://user:password@127.0.0.1:port/name`, a database user with every right on this database and none elsewhere. */
  readonly url: string;
  /** The same database as root. */
  readonly rootUrl: string;
  /** Runs one statement as root, on a new connection, and returns its rows (none for a statement without rows). Times are read as UTC. */
  query(sql: string, params?: unknown[]): Promise<unknown[]>;
  /** Creates the tables that exist before this software, with their sample rows unless `rows` is false. */
  loadExistingSchema(options?: { rows?: boolean }): Promise<void>;
}

export async function createTestDatabase(server: DatabaseServer): Promise<TestDatabase> {
  const name = `test${randomBytes(6).toString('hex')}`;
  const password = randomBytes(9).toString('hex');
  const rootUrl = `${server.rootUrl}/${name}`;
  await execute(
    server.rootUrl,
    `create database ${name} character set utf8mb4;
     create user '${name}'@'127.0.0.1' identified by '${password}';
     grant all privileges on ${name}.* to '${name}'@'127.0.0.1'`,
  );
  return {
    name,
    url: `mysql://${name}:${password}@${server.host}:${server.port}/${name}`,
    rootUrl,
    query: (sql, params) => query(rootUrl, sql, params),
    loadExistingSchema: async ({ rows = true } = {}) => {
      for (const file of rows ? ['schema.sql', 'rows.sql'] : ['schema.sql']) {
        await execute(rootUrl, await readFile(join(projectRoot(), 'test/support/existing-schema', file), 'utf8'));
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (server.state !== 'running') return;
      await execute(server.rootUrl, `drop database if exists ${name}; drop user if exists '${name}'@'127.0.0.1'`);
    },
  };
}

async function query(url: string, sql: string, params: unknown[] = []): Promise<unknown[]> {
  const connection = await createConnection({ uri: url, timezone: 'Z', connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query(sql, params);
    return Array.isArray(rows) ? rows : [];
  } finally {
    connection.destroy();
  }
}

async function execute(url: string, statements: string): Promise<void> {
  const connection = await createConnection({ uri: url, multipleStatements: true, connectTimeout: 10_000 });
  try {
    await connection.query(statements);
  } finally {
    connection.destroy();
  }
}
