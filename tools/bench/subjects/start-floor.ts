import { join } from 'node:path';
import { projectRoot } from '../../../test/support/project-root.js';
import { freePort } from '../../../test/support/servers/free-port.js';
import type { Infrastructure } from '../infrastructure.js';
import { startChildServer } from './child-server.js';
import { openAccounts } from './open-accounts.js';
import type { OurSubject } from './start-ours.js';
import type { Subject } from './subject.js';

/**
 * The floor server, on this product's tables: its access token is a user's id, its refresh token a session's id. It has its own accounts,
 * since it increments their refresh counters without a valid token.
 */
export async function startFloor({ database, redis, folder }: Infrastructure, ours: OurSubject): Promise<Subject> {
  const accounts = await openAccounts(ours.url, ours.accounts.length);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startChildServer({
    command: process.execPath,
    args: [join(projectRoot(), 'dist/tools/bench/floor/floor-server.js')],
    env: { PORT: String(port), DB_URL: ours.databaseUrl, REDIS_URL: redis.url },
    cwd: folder,
    logFile: join(folder, 'floor.log'),
    readyUrl: `${url}/`,
  });
  return {
    name: 'floor',
    url,
    watched: { server: server.pid, database: database.pid, redis: redis.pid },
    accounts: accounts.map(({ email, password, userId = '', sessionId = '' }) => ({
      ...{ email, password },
      ...{ accessToken: userId, refreshToken: sessionId },
    })),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
