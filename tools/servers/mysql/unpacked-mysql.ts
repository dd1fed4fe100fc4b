import { existsSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type PinnedPackage, pinnedMysql } from './pinned-mysql.js';

export interface UnpackedMysql {
  /** Absolute path of an executable that behaves as mysqld. */
  readonly path: string;
  readonly version: string;
}

const replacedBy = '-replaced-by-';

/** Where MySQL is unpacked: `MYSQLD_CACHE`, else in the account's cache folder. */
export function mysqlCache(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MYSQLD_CACHE) return resolve(env.MYSQLD_CACHE);
  return resolve(env.XDG_CACHE_HOME || join(env.HOME || homeOfAccount(), '.cache'), 'move-acces');
}

/** The folder of a version in the cache. A version in place of the pinned one is of use for that pin alone: the next pin is looked for anew. */
export function unpackedFolder(cache: string, pin: PinnedPackage, version: string): string {
  return join(cache, `mysql-${pin.version}${version === pin.version ? '' : replacedBy + version}`);
}

/** What is unpacked for the pin: its version, else one in its place; null where there is neither. */
export function findUnpackedMysql(cache = mysqlCache(), pin: PinnedPackage = pinnedMysql): UnpackedMysql | null {
  const pinned = `mysql-${pin.version}`;
  const names = existsSync(cache) ? readdirSync(cache).filter((name) => `${name}${replacedBy}`.startsWith(`${pinned}${replacedBy}`)) : [];
  const [name] = names.sort();
  if (name === undefined) return null;
  return { path: join(cache, name, 'mysqld'), version: name.split(replacedBy)[1] ?? pin.version };
}

/** A line for the terminal where the tests do not run on the pinned version. */
export function replacementWarning({ version }: UnpackedMysql, pin: PinnedPackage = pinnedMysql): string | null {
  if (version === pin.version) return null;
  return `WARNING: the tests run on ${pin.package} ${version}, since no source has the pinned ${pin.version}. Move the pin: npm run servers:pin`;
}

/** An account without a home, as some containers have, keeps it among its temporary files. */
function homeOfAccount(): string {
  try {
    return userInfo().homedir;
  } catch {
    return tmpdir();
  }
}
