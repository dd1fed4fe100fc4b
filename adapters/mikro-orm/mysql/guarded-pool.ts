import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type Pool, type PoolConnection } from 'mysql2';
import { isUnavailable, portError, timeoutError } from '../sql/driver-errors.js';
import { GuardedConnection } from './guarded-connection.js';
import { serverOf } from './mysql-server.js';
import { connectionOptions, type MysqlTarget } from './mysql-target.js';
import type { PoolUse } from './pool-use.js';
import { applySettings, isolationStatement, type SessionLimits, sessionSettings } from './session-statements.js';
import { SocketSet } from './socket-set.js';

/** How long each step may take, in milliseconds. */
export interface Patience extends SessionLimits {
  /** For a connection: the queue for a free one, the handshake and the setting of the session. */
  readonly connectionMs: number;
  /** For the response to one statement. */
  readonly answerMs: number;
}

export interface GuardedPoolOptions {
  readonly target: MysqlTarget;
  readonly max: number;
  readonly patience: Patience;
  /** Where it counts what is used. */
  readonly use: PoolUse;
  /** What is prepared. */
  readonly texts: ReadonlySet<string>;
  readonly inspect?: (sql: string) => void;
}

type ConnectionCallback = (error: unknown, connection: MysqlPoolConnection) => void;

/** A pool of connections that are set up alike. `patience` limits how long a caller waits for a connection and for each response. */
export class GuardedPool implements MysqlPool {
  readonly #options: GuardedPoolOptions;
  readonly #pool: Pool;
  readonly #sockets = new SocketSet();
  readonly #ready = new WeakMap<PoolConnection, GuardedConnection>();

  constructor(options: GuardedPoolOptions) {
    this.#options = options;
    this.#pool = createPool({
      ...connectionOptions(options.target),
      connectionLimit: options.max,
      connectTimeout: options.patience.connectionMs,
      stream: () => this.#sockets.connect(options.target),
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: true,
      supportBigNumbers: true,
      // A parameter that turns out to be an object is a text, never a piece of SQL.
      stringifyObjects: true,
    });
  }

  getConnection(callback: ConnectionCallback): void {
    const { use, patience } = this.#options;
    use.waiting += 1;
    let isSettled = false;
    const settle = (error: unknown, connection?: GuardedConnection) => {
      if (connection !== undefined) use.busy += 1;
      if (isSettled) return connection?.release(); // it came too late
      isSettled = true;
      use.waiting -= 1;
      clearTimeout(timer);
      // Kysely looks at the connection only where there is no error.
      callback(error, connection as GuardedConnection);
    };
    const timer = setTimeout(() => settle(timeoutError('connection')), patience.connectionMs);
    this.#pool.getConnection((error, raw) => {
      if (error) return settle(portError(error));
      this.#setUp(raw).then(
        (connection) => settle(null, connection),
        (failure: unknown) => settle(failure),
      );
    });
  }

  end(callback: (error: unknown) => void): void {
    this.#pool.end((error) => {
      this.#sockets.close();
      callback(error);
    });
  }

  async #setUp(raw: PoolConnection): Promise<GuardedConnection> {
    const known = this.#ready.get(raw);
    if (known) return known;
    const { patience, texts, use, inspect } = this.#options;
    const onRelease = () => {
      use.busy -= 1;
    };
    const connection = new GuardedConnection({ raw, answerMs: patience.answerMs, texts, onRelease, ...(inspect && { inspect }) });
    try {
      const version = await versionOf(connection);
      connection.recognise(serverOf(version));
      await applySettings((sql) => ask(connection, sql), sessionSettings(version, patience));
      // A read in a transaction sees what others have committed, which the comparing updates rely on.
      await ask(connection, isolationStatement('read committed'));
    } catch (error) {
      if (!isUnavailable(error)) connection.destroy();
      throw error;
    }
    this.#ready.set(raw, connection);
    return connection;
  }
}

async function versionOf(connection: GuardedConnection): Promise<string> {
  const [row] = await ask(connection, 'select version() as version');
  return String(row?.version);
}

const ask = (connection: GuardedConnection, sql: string): Promise<Record<string, unknown>[]> =>
  new Promise((resolve, reject) => {
    connection.query(sql, [], (error, result) => {
      if (error === null) resolve(Array.isArray(result) ? result : []);
      else reject(error);
    });
  });
