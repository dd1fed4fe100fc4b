import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../../test/support/servers/free-port.js';
import type { Infrastructure } from '../infrastructure.js';
import { startChildServer } from './child-server.js';
import { type OpenedAccount, openAccounts } from './open-accounts.js';
import type { Subject } from './subject.js';

export interface OurSubject extends Subject {
  readonly databaseUrl: string;
  readonly accounts: readonly OpenedAccount[];
}

/** Limits that do all their work and refuse nobody. */
const limit = '1000000000/60';

export interface OurOptions {
  readonly name: 'ours' | 'before';
  /** The checkout, built. */
  readonly checkout: string;
  readonly accounts: number;
  /** Where it leaves a CPU profile when it ends; null: none. */
  readonly profileFolder: string | null;
}

/** This server, or an earlier state of it, as a process. */
export async function startOurs(
  { database, redis, folder }: Infrastructure,
  { name, checkout, accounts, profileFolder }: OurOptions,
): Promise<OurSubject> {
  await using opened = new AsyncDisposableStack();
  const own = opened.use(await database.createDatabase());
  await own.loadExistingSchema({ rows: false });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const profiling = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const server = opened.use(
    await startChildServer({
      command: process.execPath,
      args: ['--enable-source-maps', ...profiling, join(checkout, 'dist/hosts/bin/move-acces.js'), 'serve', 'rest', '--migrate'],
      env: {
        PORT: String(port),
        DB_URL: own.url,
        REDIS_URL: redis.url,
        APP_SECRET: randomBytes(32).toString('hex'),
        LOGIN_RATE_LIMIT: limit,
        API_RATE_LIMIT: limit,
        ACCOUNT_RATE_LIMIT: limit,
      },
      cwd: folder,
      logFile: join(folder, `${name}.log`),
      readyUrl: `${url}/readyz`,
    }),
  );
  const signedIn = await openAccounts(url, accounts);
  const resources = opened.move();
  return {
    name,
    url,
    databaseUrl: own.url,
    watched: { server: server.pid, database: database.pid, redis: redis.pid },
    accounts: signedIn,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
