import { join } from 'node:path';
import { freePort } from '../../../test/support/servers/free-port.js';
import type { Infrastructure } from '../infrastructure.js';
import { startChildServer } from './child-server.js';
import { openAccounts } from './open-accounts.js';
import type { Subject } from './subject.js';

/**
 * The backend that this product replaces, or any other with the same routes. `folder` contains `run.sh PORT DB_PORT REDIS_PORT`, which
 * creates its tables in the database `app` as `app`/`app` and then becomes the server.
 */
export async function startBaseline(
  { database, redis, folder: logs, asRoot }: Infrastructure,
  { folder, accounts }: { readonly folder: string; readonly accounts: number },
): Promise<Subject> {
  await asRoot(`create database if not exists app character set utf8mb4;
    create user if not exists app@'127.0.0.1' identified by 'app'; grant all on app.* to app@'127.0.0.1'`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await using opened = new AsyncDisposableStack();
  const server = opened.use(
    await startChildServer({
      command: 'bash',
      args: [join(folder, 'run.sh'), ...[port, database.port, redis.port].map(String)],
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      cwd: logs,
      logFile: join(logs, 'baseline.log'),
      readyUrl: `${url}/health`,
    }),
  );
  const signedIn = await openAccounts(url, accounts);
  const resources = opened.move();
  return {
    name: 'baseline',
    url,
    watched: { server: server.pid, database: database.pid, redis: redis.pid },
    accounts: signedIn,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
