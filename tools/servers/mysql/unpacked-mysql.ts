import { existsSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type PinnedPackage, pinnedMysql } from './pinned-mysql.js';

export interface UnpackedMysql {
  /** Absolute path of an executable that works as mysqld. */
  readonly path: string;
  readonly version: string;
}

const replacedBy = '-replaced-by-';

/** The folder for unpacked versions of MySQL: `MYSQLD_CACHE`, otherwise the account's cache folder. */
export function mysqlCache(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MYSQLD_CACHE) return resolve(env.MYSQLD_CACHE);
  return resolve(env.XDG_CACHE_HOME || join(env.HOME || homeOfAccount(), '.cache'), 'move-acces');
}

/**
 * The folder of a version in the cache. A version that replaces the pinned one is used only for that pin: for the next pin, the sources are
 * searched again.
 */
export function unpackedFolder(cache: string, pin: PinnedPackage, version: string): string {
  return join(cache, `mysql-${pin.version}${version === pin.version ? '' : replacedBy + version}`);
}

/** Returns the unpacked MySQL for the pin: its version, otherwise a replacement; null where there is neither. */
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

/** For an account without a home, as in some containers: a folder for temporary files. */
function homeOfAccount(): string {
  try {
    return userInfo().homedir;
  } catch {
    return tmpdir();
  }
}
