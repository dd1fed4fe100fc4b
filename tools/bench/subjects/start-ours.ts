import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../../../test/support/project-root.js';
import { freePort } from '../../../test/support/servers/free-port.js';
import type { Infrastructure } from '../infrastructure.js';
import { type ChildServer, startChildServer } from './child-server.js';
import { type OpenedAccount, openAccounts } from './open-accounts.js';
import type { Subject } from './subject.js';

export interface OurSubject extends Subject {
  readonly databaseUrl: string;
  /** The environment of its process. Another process with the same environment belongs to the same deployment. */
  readonly env: Readonly<Record<string, string>>;
  readonly accounts: readonly OpenedAccount[];
}

/** Limits that do all their work and refuse no request. */
const limit = '1000000000/60';

/** Serves REST as users start it. */
const serveRest = ['dist/hosts/bin/move-acces.js', 'serve', 'rest', '--migrate'] as const;

export interface OurOptions {
  readonly name: 'ours' | 'before';
  /** The checkout, built. */
  readonly checkout: string;
  readonly accounts: number;
  /** Folder for a CPU profile, which the process writes at its end; null: none. */
  readonly profileFolder?: string | null;
  /** The script in the checkout, and its arguments. */
  readonly command?: readonly string[];
}

/** Starts this server, or an earlier version of it, as a process with its own database. */
export async function startOurs(
  infrastructure: Infrastructure,
  { name, checkout, accounts, profileFolder = null, command = serveRest }: OurOptions,
): Promise<OurSubject> {
  const { database, redis } = infrastructure;
  await using opened = new AsyncDisposableStack();
  const own = opened.use(await database.createDatabase());
  await own.loadExistingSchema({ rows: false });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    DB_URL: own.url,
    REDIS_URL: redis.url,
    APP_SECRET: randomBytes(32).toString('hex'),
    LOGIN_RATE_LIMIT: limit,
    API_RATE_LIMIT: limit,
    ACCOUNT_RATE_LIMIT: limit,
  };
  const server = opened.use(await startNode(infrastructure, { name, env, checkout, command, profileFolder }));
  const signedIn = await openAccounts(url, accounts);
  const resources = opened.move();
  return {
    name,
    url,
    databaseUrl: own.url,
    env,
    watched: { server: server.pid, database: database.pid, redis: redis.pid },
    accounts: signedIn,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Starts another process beside `subject`, on its database and Redis. */
export async function startSibling(
  infrastructure: Infrastructure,
  { env }: OurSubject,
  { command = serveRest, profileFolder = null }: Pick<OurOptions, 'command' | 'profileFolder'> = {},
) {
  const port = String(await freePort());
  const own = { name: 'sibling', env: { ...env, PORT: port }, checkout: projectRoot() };
  return { url: `http://127.0.0.1:${port}`, server: await startNode(infrastructure, { ...own, command, profileFolder }) };
}

interface NodeOptions extends Required<Pick<OurOptions, 'checkout' | 'command' | 'profileFolder'>> {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

function startNode({ folder }: Infrastructure, { name, env, checkout, command, profileFolder }: NodeOptions): Promise<ChildServer> {
  const profiling = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const [script = '', ...args] = command;
  return startChildServer({
    command: process.execPath,
    args: ['--enable-source-maps', ...profiling, join(checkout, script), ...args],
    env,
    cwd: folder,
    logFile: join(folder, `${name}.log`),
    readyUrl: `http://127.0.0.1:${env.PORT}/readyz`,
  });
}
