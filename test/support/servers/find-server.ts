import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export interface DatabaseBinary {
  readonly kind: 'mysql' | 'mariadb';
  /** Absolute path of the server's executable. */
  readonly path: string;
  /** What it answers to `--version`. */
  readonly version: string;
}

/** Debian keeps servers where an ordinary account's PATH does not look. */
const serverFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The database server that the tests are to run: `MYSQLD` if set, else `mariadbd` or `mysqld` on the PATH; `null` if there is none. */
export function findDatabaseServer(): DatabaseBinary | null {
  const path = find({ variable: 'MYSQLD', names: ['mariadbd', 'mysqld'] });
  if (path === null) return null;
  const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  return { kind: /mariadb/i.test(version) ? 'mariadb' : 'mysql', path, version };
}

/** Absolute path of the Redis server that the tests are to run: `REDIS_SERVER` if set, else `redis-server` on the PATH; `null` if there is none. */
export function findRedisServer(): string | null {
  return find({ variable: 'REDIS_SERVER', names: ['redis-server'] });
}

/** Looks a command up as a shell does, in the usual folders of servers too. */
export function findCommand(name: string, folders: readonly string[] = []): string | null {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...path, ...serverFolders].map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function find(options: { variable: string; names: readonly string[] }): string | null {
  const named = process.env[options.variable];
  if (named === undefined || named === '') return options.names.map((name) => findCommand(name)).find((path) => path !== null) ?? null;
  const path = named.includes('/') ? resolve(named) : findCommand(named);
  if (path === null || !isExecutable(path)) throw new Error(`${options.variable}=${named}: there is no such program`);
  return realpathSync(path);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
