import { type RunningServer, startServer } from '../../../support/running-server.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import { type RedisServer, startRedisServer } from '../../../support/servers/redis-server.js';
import { startTcpProxy, type TcpProxy } from '../../../support/tcp-proxy.js';
import { type ServerStage, serverStage } from '../../support/server-stage.js';

/** The product with a wire to each server behind it that can be made to fail, as the servers themselves can. */
export interface FaultStage extends AsyncDisposable {
  readonly stage: ServerStage;
  readonly database: DatabaseServer;
  readonly redis: RedisServer;
  readonly databaseWire: TcpProxy;
  readonly redisWire: TcpProxy;
  /** The environment of a process behind the wires. */
  readonly env: Readonly<Record<string, string>>;
  /** One more process of the product. */
  start(options?: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> }): Promise<RunningServer>;
}

/** On servers of its own: a test may do anything to them. A database server that is given stays its giver's. */
export async function faultStage(
  env: Readonly<Record<string, string>> = {},
  given: { readonly server?: DatabaseServer } = {},
): Promise<FaultStage> {
  await using opened = new AsyncDisposableStack();
  const database = given.server ?? opened.use(await startDatabaseServer());
  const redis = opened.use(await startRedisServer());
  const databaseWire = opened.use(await startTcpProxy(database.port));
  const redisWire = opened.use(await startTcpProxy(redis.port));
  const stage = opened.use(await serverStage(env, { server: database, redis }));
  const behindWires = {
    ...stage.env,
    DB_URL: stage.database.url.replace(`:${database.port}/`, `:${databaseWire.port}/`),
    REDIS_URL: `redis://127.0.0.1:${redisWire.port}`,
  };
  const resources = opened.move();
  return {
    stage,
    database,
    redis,
    databaseWire,
    redisWire,
    env: behindWires,
    start: ({ args, env: more } = {}) => startServer({ env: { ...behindWires, ...more }, cwd: stage.cwd, ...(args && { args }) }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
