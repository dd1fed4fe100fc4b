import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import type { TestDatabase } from '../../../support/servers/test-database.js';

/** Others who use the same database. */

/** Opens connections as the product does until the server has none left, and holds them for so long. */
export async function holdConnections({ url }: TestDatabase, forMs: number): Promise<number> {
  const held: Connection[] = [];
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    const connection = await createConnection({ uri: url, connectTimeout: 1000 }).catch(() => null);
    if (connection !== null) held.push(connection.on('error', () => {}));
    else await delay(20);
  }
  for (const connection of held) connection.destroy();
  return held.length;
}

/** Locks the rows of every account, sessions before users: against the order of a sign-in. Answers whether it met a deadlock itself. */
export async function holdRows({ rootUrl }: TestDatabase, forMs: number): Promise<boolean> {
  const connection = await createConnection({ uri: rootUrl, connectTimeout: 2000 });
  try {
    await connection.query('set session innodb_lock_wait_timeout = 2');
    await connection.beginTransaction();
    await connection.query('select id from auth_sessions for update');
    await delay(50);
    await connection.query('select id from users for update');
    await connection.query('select id from acces_app for update');
    await delay(forMs);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ER_LOCK_DEADLOCK';
  } finally {
    connection.destroy();
  }
}
