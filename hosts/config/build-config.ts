import type { Config, DescribedVariable } from './config.js';
import { deepFreeze } from './deep-freeze.js';
import type { Values } from './variables.js';

/** Groups the values under the names that the program uses, with units in the names, and deep-freezes the result. */
export function buildConfig(values: Values, described: readonly DescribedVariable[]): Config {
  return deepFreeze({
    database: values.DB_URL,
    redis: values.REDIS_URL,
    secrets: { current: values.APP_SECRET, previous: values.APP_SECRET_PREVIOUS ?? [] },
    tokens: {
      accessTtlSeconds: values.ACCESS_TOKEN_TTL_MIN * 60,
      refreshTtlSeconds: values.REFRESH_TOKEN_TTL_HOURS * 3_600,
      sessionMaxSeconds: values.SESSION_MAX_DAYS * 86_400,
      replaySeconds: values.REFRESH_REPLAY_SECONDS,
      endMaxAgeSeconds: values.SESSION_END_MAX_AGE_S,
    },
    limits: {
      login: values.LOGIN_RATE_LIMIT,
      register: values.REGISTER_RATE_LIMIT ?? values.API_RATE_LIMIT,
      api: values.API_RATE_LIMIT,
      account: values.ACCOUNT_RATE_LIMIT,
    },
    http: {
      host: values.HOST,
      port: values.PORT,
      wsPort: values.WS_PORT,
      workers: values.WORKERS,
      trustProxy: values.TRUST_PROXY,
      corsOrigins: values.CORS_ORIGINS,
      docs: values.DOCS,
      metricsToken: values.METRICS_TOKEN,
      shutdownTimeoutSeconds: values.SHUTDOWN_TIMEOUT_S,
      keepAliveSeconds: values.KEEP_ALIVE_TIMEOUT_S,
      subscriptionPollSeconds: values.SUBSCRIPTION_POLL_S,
      maxSockets: values.WS_MAX_SOCKETS,
      areQueryTokensTaken: values.WS_QUERY_TOKEN,
    },
    eventHistoryBytes: values.EVENT_HISTORY_MIB * 1024 * 1024,
    hashing: {
      memoryKib: values.ARGON2_MEMORY_KIB,
      timeCost: values.ARGON2_TIME_COST,
      parallelism: values.ARGON2_PARALLELISM,
      concurrency: values.HASH_CONCURRENCY,
      queue: values.HASH_QUEUE,
    },
    passwordMinLength: values.PASSWORD_MIN_LENGTH,
    passwordBlocklist: values.PASSWORD_BLOCKLIST,
    schemaMapPath: values.SCHEMA_MAP,
    credentialWrites: values.CREDENTIAL_WRITES,
    dbPoolMax: values.DB_POOL_MAX,
    dbBatching: values.DB_BATCHING,
    logLevel: values.LOG_LEVEL,
    variables: described,
  });
}
