import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import { eventually } from '../../support/phone.js';

/** Other applications that use the same database. */

/** Connections that use up the server's max number of connections. */
export interface HeldConnections extends AsyncDisposable {
  readonly count: number;
}

/** Opens connections as the product does until the server has none left, and takes any that becomes free, until disposed. */
export async function holdConnections({ url }: TestDatabase): Promise<HeldConnections> {
  const held: Connection[] = [];
  const full = Promise.withResolvers<void>();
  let isOver = false;
  const taking = (async () => {
    while (!isOver) {
      const connection = await createConnection({ uri: url, connectTimeout: 5000 }).catch(() => null);
      if (connection !== null) held.push(connection.on('error', () => {}));
      else {
        full.resolve();
        await delay(20);
      }
    }
  })();
  await full.promise;
  return {
    get count() {
      return held.length;
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await taking;
      for (const connection of held) connection.destroy();
    },
  };
}

/** Sets how many connections the server takes, as soon as it has one left for that. */
export async function allowConnections(database: TestDatabase, count: number): Promise<void> {
  await eventually(
    () =>
      database.query(`set global max_connections = ${count}`).then(
        () => 'done',
        (error: unknown) => String(error),
      ),
    (answer) => answer === 'done',
    20_000,
  );
}

/** Locks the rows of every account, and releases them. */
export async function holdRows({ rootUrl }: TestDatabase, forMs: number): Promise<void> {
  const connection = await createConnection({ uri: rootUrl, connectTimeout: 10_000 });
  try {
    await lockSessions(connection);
    await delay(50);
    await lockAccounts(connection);
    await delay(forMs);
  } catch (error) {
    if (!isContention(error)) throw error;
  } finally {
    connection.destroy();
  }
}

/**
 * Deadlocks with a registration: holds the sessions until the registration waits for them with its account written, and then locks the
 * accounts. The server ends the transaction with less to undo. Returns which transaction that was; the other one is undone in any case.
 */
export async function deadlockWith(
  register: () => Promise<void>,
  { database, hasMuchToUndo }: { readonly database: TestDatabase; readonly hasMuchToUndo: boolean },
): Promise<'the registration' | 'the other'> {
  const connection = await createConnection({ uri: database.rootUrl, connectTimeout: 10_000 });
  try {
    await lockSessions(connection);
    if (hasMuchToUndo) await connection.query('delete from audit_logs');
    const registered = register();
    registered.catch(() => {}); // awaited below
    await eventually(
      () => halfWritten(database),
      (waiting) => waiting.length > 0,
      4000,
    );
    const ended = await lockAccounts(connection).then(
      () => 'the registration' as const,
      (error: unknown) => (isDeadlock(error) ? ('the other' as const) : Promise.reject(error)),
    );
    await connection.rollback();
    await registered;
    return ended;
  } finally {
    connection.destroy();
  }
}

/** Transactions that have written and wait for a session's place. */
async function halfWritten(database: TestDatabase): Promise<readonly unknown[]> {
  await delay(150); // InnoDB repeats its result to a second query within 100 ms
  return database.query(
    `select 1 from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
     where t.trx_state = 'LOCK WAIT' and p.db = database() and t.trx_query like '%auth_sessions%' and t.trx_rows_modified > 1`,
  );
}

async function lockSessions(connection: Connection): Promise<void> {
  await connection.query('set session innodb_lock_wait_timeout = 2');
  await connection.beginTransaction();
  await connection.query('select id from auth_sessions for update');
}

/** Sessions before users: against the order of a sign-in. */
async function lockAccounts(connection: Connection): Promise<void> {
  await connection.query('select id from users for update');
  await connection.query('select id from acces_app for update');
}

const isDeadlock = (error: unknown): boolean => codeOf(error) === 'ER_LOCK_DEADLOCK';

/** A transaction that holds rows may in turn have to wait for others, and too long. */
const isContention = (error: unknown): boolean => isDeadlock(error) || codeOf(error) === 'ER_LOCK_WAIT_TIMEOUT';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
