import { type Connection, createConnection, type ExecuteValues, type RowDataPacket } from 'mysql2/promise';
import { sessionIdFrom } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { HeldSessionLock, SessionLock, SessionOwners } from '../../../core/ports/sessions/session-lock.js';
import { connectionOptions, type MysqlTarget } from '../mysql/mysql-target.js';
import { anyServerSettings, applySettings, isolationStatement } from '../mysql/session-statements.js';
import { isContention, portError } from '../sql/driver-errors.js';

const patienceMs = 5000;
/** A transaction that began before this opens no session any more. */
const youngestMs = 10_000;
/** The server keeps the lock for so long after this process has ended: by then the process that started it knows that it has ended. */
const lingerSeconds = 0.5;

/**
 * Locks the gaps of an index that new sessions would go into (InnoDB, REPEATABLE READ), on a connection of its own: those of one user
 * by the index on users; all by the primary key, since ids begin with the time. The connection does not keep the process alive.
 */
export class MysqlSessionLock implements SessionLock {
  readonly #target: MysqlTarget;

  constructor({ target }: { readonly target: MysqlTarget }) {
    this.#target = target;
  }

  async acquire(owners: SessionOwners, now: Instant): Promise<HeldSessionLock | null> {
    let connection: Connection | null = null;
    try {
      connection = await this.#connect();
      if (await isAnyLive(connection, owners, now)) {
        connection.destroy();
        return null;
      }
      return heldLock(connection);
    } catch (error) {
      connection?.destroy();
      const failure = portError(error);
      if (isContention(failure)) return null;
      throw failure;
    }
  }

  async #connect(): Promise<Connection> {
    const connection = await createConnection({ ...connectionOptions(this.#target), connectTimeout: patienceMs });
    connection.on('error', () => {}); // a caller that waits for a response gets the error
    return connection;
  }
}

/** Waits for transactions that are opening a session, prevents later ones, and then looks for a live session. */
async function isAnyLive(connection: Connection, owners: SessionOwners, now: Instant): Promise<boolean> {
  await applySettings((sql) => ask(connection, sql), anyServerSettings({ lockWaitSeconds: 1, statementMs: patienceMs }));
  await ask(connection, isolationStatement('repeatable read'));
  await ask(connection, 'begin');
  if (owners.kind === 'of_user') {
    await ask(connection, 'select id from auth_sessions force index (ix_auth_sessions_user) where user_id = ? for update', [owners.userId]);
    const live = 'select 1 from auth_sessions where user_id = ? and revoked_at is null and idle_expires_at > ? limit 1';
    return (await ask(connection, live, [owners.userId, now])).length > 0;
  }
  const oldest = sessionIdFrom(now - youngestMs, new Uint8Array(10));
  await ask(connection, 'select id from auth_sessions force index (primary) where id >= ? for update', [oldest]);
  return (await ask(connection, 'select 1 from auth_sessions where revoked_at is null and idle_expires_at > ? limit 1', [now])).length > 0;
}

/** Prepared, so that no SQL mode of the server changes what a parameter means. */
async function ask(connection: Connection, sql: string, values: readonly ExecuteValues[] = []): Promise<readonly RowDataPacket[]> {
  const answer =
    values.length === 0
      ? await connection.query<RowDataPacket[]>({ sql, timeout: patienceMs })
      : await connection.execute<RowDataPacket[]>({ sql, timeout: patienceMs }, [...values]);
  return Array.isArray(answer[0]) ? answer[0] : [];
}

/** The last words of a process are sent at once: there is no later. */
function heldLock(connection: Connection): HeldSessionLock {
  const linger = () => void connection.query(`do sleep(${lingerSeconds})`).catch(() => {});
  process.once('exit', linger);
  unreference(connection);
  return {
    release: async () => {
      process.off('exit', linger);
      connection.destroy();
    },
  };
}

/** The driver's types do not declare the socket. */
function unreference(connection: Connection): void {
  const { connection: raw } = connection as unknown as { connection?: { stream?: { unref?(): void } } };
  raw?.stream?.unref?.();
}
