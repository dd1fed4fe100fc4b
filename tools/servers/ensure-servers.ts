import { findBrowser } from '../../test/support/browser/headless-browser.js';
import { ensureTemplate } from '../../test/support/servers/data-folder.js';
import { findCommand, findDatabaseServer, findRedisServer } from '../../test/support/servers/find-server.js';
import { installPackage } from './install-package.js';

/**
 * `npm run servers`: makes sure that a database server, a Redis, a browser and promtool are there for the tests to start, and prints which.
 * What is missing is installed where that is possible; else this fails and says what to do. It also prepares what the
 * first start of a database needs, so that no test waits for it.
 */
async function ensureServers(): Promise<void> {
  const database = findDatabaseServer() ?? installed('mariadb-server', 'MYSQLD=/path/to/mysqld', findDatabaseServer);
  const redis = findRedisServer() ?? installed('redis-server', 'REDIS_SERVER=/path/to/redis-server', findRedisServer);
  const browser = findBrowser() ?? installed('chromium', 'CHROMIUM=/path/to/chromium', findBrowser);
  const promtool = findPromtool() ?? installed('prometheus', 'a promtool on the PATH', findPromtool);
  await ensureTemplate(database);
  console.log(`database server: ${database.version}\nredis server:    ${redis}\nbrowser:         ${browser}\npromtool:        ${promtool}`);
}

const findPromtool = () => findCommand('promtool');

function installed<T>(name: string, alternative: string, find: () => T | null): T {
  installPackage(name, alternative);
  const found = find();
  if (found === null) throw new Error(`${name} is installed, but what the tests want of it is not to be found: name it by ${alternative}`);
  return found;
}

try {
  await ensureServers();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
