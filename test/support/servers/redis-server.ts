import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer } from './find-server.js';
import { freePort } from './free-port.js';
import { ServerProcess, type ServerState } from './server-process.js';

/** A private Redis server, started for the tests. It stores nothing on disk: a stop or a kill empties it. */
export interface RedisServer extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** `redis://127.0.0.1:port` */
  readonly url: string;
  /** Id of the server's process; throws while it is stopped. Changes with each start. */
  readonly pid: number;
  readonly state: ServerState;
  /** Deletes every key. */
  flushAll(): Promise<void>;
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<void>;
  /** Starts it again on the same port, empty; resolves when it responds. */
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP: it keeps its connections and does not respond until `thaw`. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

/** Starts a server on a free port; `extraArgs` are appended to its command line. Rejects when no server is installed. */
export async function startRedisServer(options: { extraArgs?: string[] } = {}): Promise<RedisServer> {
  const command = findRedisServer();
  if (command === null) throw new Error('there is no redis-server: run `npm run servers`');
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-redis-'));
  const args = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    ...(options.extraArgs ?? []),
  ];
  const process = new ServerProcess({ command, args, folder, probe: () => once(url, (redis) => redis.ping()) });
  try {
    await process.start();
  } catch (cause) {
    await process[Symbol.asyncDispose]();
    throw cause;
  }
  return {
    host: '127.0.0.1',
    port,
    url,
    get pid() {
      return process.pid;
    },
    get state() {
      return process.state;
    },
    flushAll: async () => void (await once(url, (redis) => redis.flushall())),
    stop: () => process.stop(),
    start: () => process.start(),
    kill: () => process.kill(),
    freeze: () => process.freeze(),
    thaw: () => process.thaw(),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

async function once<T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, connectTimeout: 2000 });
  redis.on('error', () => {}); // connect() rejects with the same error
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
