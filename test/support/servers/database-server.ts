import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { accountArgs, createDataFolder } from './data-folder.js';
import { type DatabaseBinary, findDatabaseServer } from './find-server.js';
import { freePort } from './free-port.js';
import { ServerProcess, type ServerState } from './server-process.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A private MySQL or MariaDB server, started for the tests and deleted with all its data when disposed. */
export interface DatabaseServer extends AsyncDisposable {
  readonly kind: 'mysql' | 'mariadb';
  readonly host: '127.0.0.1';
  readonly port: number;
  /** `mysql://root@127.0.0.1:port`: every right, no password. */
  readonly rootUrl: string;
  /** Id of the server's process; throws while it is stopped. Changes with each start. */
  readonly pid: number;
  readonly state: ServerState;
  /** Creates an empty utf8mb4 database with a random name, and a database user for it. */
  createDatabase(): Promise<TestDatabase>;
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data; resolves when it responds. */
  start(): Promise<void>;
  /** SIGKILL; committed data survives. */
  kill(): Promise<void>;
  /** SIGSTOP: it keeps its connections and does not respond until `thaw`. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

/**
 * Starts a server on a free port with an empty data folder, below `parent` if one is given; `extraArgs` are appended to its command line.
 * Rejects when no server is installed: no test runs without one.
 */
export async function startDatabaseServer(options: { extraArgs?: string[]; parent?: string } = {}): Promise<DatabaseServer> {
  const binary = findDatabaseServer();
  if (binary === null) throw new Error('there is no mariadbd or mysqld: run `npm run servers`');
  const port = await freePort();
  const rootUrl = `mysql://root@127.0.0.1:${port}`;
  const folder = await mkdtemp(join(options.parent ?? tmpdir(), `move-acces-${binary.kind}-`));
  const args = [...serverArgs({ binary, folder, port }), ...(options.extraArgs ?? [])];
  const process = new ServerProcess({ command: binary.path, args, folder, probe: () => connectOnce(rootUrl) });
  try {
    await createDataFolder(binary, join(folder, 'data'));
    await writeFile(join(folder, 'init.sql'), initSql);
    await process.start();
  } catch (cause) {
    await process[Symbol.asyncDispose]();
    throw cause;
  }
  const server: DatabaseServer = {
    kind: binary.kind,
    host: '127.0.0.1',
    port,
    rootUrl,
    get pid() {
      return process.pid;
    },
    get state() {
      return process.state;
    },
    createDatabase: () => createTestDatabase(server),
    stop: () => process.stop(),
    start: () => process.start(),
    kill: () => process.kill(),
    freeze: () => process.freeze(),
    thaw: () => process.thaw(),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
  return server;
}

/** Names are not resolved, so root needs a database user for its address. */
const initSql = `create user if not exists 'root'@'127.0.0.1';
grant all privileges on *.* to 'root'@'127.0.0.1' with grant option;
`;

function serverArgs(options: { binary: DatabaseBinary; folder: string; port: number }): string[] {
  const { binary, folder, port } = options;
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'db.sock')}`,
    `--pid-file=${join(folder, 'db.pid')}`,
    // Another server that starts in the same folder deletes files that it takes for its own remains.
    `--tmpdir=${folder}`,
    `--init-file=${join(folder, 'init.sql')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--max-connections=500',
    // Safe against a kill of the process, not against a power failure: commits reach the operating system, not the disk.
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-doublewrite=0',
    '--innodb-buffer-pool-size=64M',
    '--innodb-buffer-pool-dump-at-shutdown=0',
    '--innodb-buffer-pool-load-at-startup=0',
    '--performance-schema=0',
    ...(binary.kind === 'mysql' ? ['--mysqlx=OFF', '--innodb-flush-method=nosync'] : []),
    ...accountArgs,
  ];
}

async function connectOnce(url: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 2000 });
  await connection.end();
}
