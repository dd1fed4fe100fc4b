import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { findUnpackedMysql } from '../../../tools/servers/mysql/unpacked-mysql.js';

export interface DatabaseBinary {
  readonly kind: 'mysql' | 'mariadb';
  /** Absolute path of the server's executable. */
  readonly path: string;
  /** Its output for `--version`. */
  readonly version: string;
}

/** Debian installs servers in folders that are not on the PATH of an ordinary account. */
const serverFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Returns the database server for the tests: `MYSQLD` if set, otherwise the first on the PATH, of the kind in `DATABASE` if set. Where the
 * PATH has no MySQL, `DATABASE=mysql` selects the unpacked one. `null` if there is none.
 */
export function findDatabaseServer(): DatabaseBinary | null {
  const named = findNamed('MYSQLD');
  if (named !== null) return inspect(named);
  const kind = wantedKind();
  const paths =
    kind === 'mysql' ? [...findCommands('mysqld'), ...unpackedMysql()] : [...findCommands('mariadbd'), ...findCommands('mysqld')];
  for (const path of paths) {
    const binary = inspect(path);
    if (kind === null || binary.kind === kind) return binary;
  }
  return null;
}

/**
 * Absolute path of the Redis server for the tests: `REDIS_SERVER` if set, otherwise `redis-server` on the PATH; `null` if there is none.
 */
export function findRedisServer(): string | null {
  return findNamed('REDIS_SERVER') ?? findCommand('redis-server');
}

/** Finds a command as a shell does, and also in the usual folders of servers. */
export function findCommand(name: string, folders: readonly string[] = []): string | null {
  return findCommands(name, folders)[0] ?? null;
}

function findCommands(name: string, folders: readonly string[] = []): readonly string[] {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set([...folders, ...path, ...serverFolders])].map((folder) => join(folder, name)).filter(isExecutable);
}

/** Returns the program that an environment variable names, by its path or as a command; `null` where it is not set. */
function findNamed(variable: string): string | null {
  const named = process.env[variable];
  if (named === undefined || named === '') return null;
  const path = named.includes('/') ? resolve(named) : findCommand(named);
  if (path === null || !isExecutable(path)) throw new Error(`${variable}=${named}: there is no such program`);
  return realpathSync(path);
}

function wantedKind(): DatabaseBinary['kind'] | null {
  const { DATABASE: kind = '' } = process.env;
  if (kind === '') return null;
  if (kind !== 'mariadb' && kind !== 'mysql') throw new Error(`DATABASE=${kind}: the tests run on mariadb or mysql`);
  return kind;
}

function unpackedMysql(): readonly string[] {
  const unpacked = findUnpackedMysql();
  return unpacked === null ? [] : [unpacked.path];
}

function inspect(path: string): DatabaseBinary {
  const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  return { kind: /mariadb/i.test(version) ? 'mariadb' : 'mysql', path, version };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
