import type { z } from 'zod';
import { httpVariables } from './http-variables.js';
import { limitVariables } from './limit-variables.js';
import { operationVariables } from './operation-variables.js';
import { passwordVariables } from './password-variables.js';
import { sessionVariables } from './session-variables.js';
import { storageVariables } from './storage-variables.js';
import type { Variable } from './variable.js';

/**
 * Every environment variable that is read: name, default, check and one line of documentation. `.env.example` is generated from this table,
 * in this order.
 */
export const variables = {
  DB_URL: setting({
    default: 'sqlite:./data/move-acces.db',
    schema: databaseUrl,
    doc: 'Where the data is: mysql://user:password@host:3306/database, mariadb://…, mysql+asyncmy://…, sqlite:FILE',
    isSecret: true,
    show: showDatabase,
  }),
  REDIS_URL: optional({
    schema: redisUrl,
    doc: 'redis://, rediss://, redis-cluster://h1:p1,h2:p2 or redis-sentinel://h1:p1,h2:p2/master-name; unset: in-process',
    isSecret: true,
    show: showRedis,
  }),
  APP_SECRET: optional({
    sample: 'change-me-to-what-openssl-rand-hex-32-prints',
    schema: strongSecret,
    doc: 'Signs the tokens: 32 random bytes as hex or base64; required with MySQL, else generated beside the database file',
    isSecret: true,
  }),
  APP_SECRET_PREVIOUS: optional({
    schema: previousSecrets,
    doc: 'Comma-separated list of earlier APP_SECRETs: still verified, never used to sign; published values are refused',
    isSecret: true,
  }),
  ACCESS_TOKEN_TTL_MIN: setting({
    default: '15',
    schema: wholeNumber(1, 10_080),
    doc: 'Life of an access token in minutes, 1 to 10080',
  }),
  REFRESH_TOKEN_TTL_HOURS: setting({
    default: '24',
    schema: wholeNumber(1, 87_600),
    doc: 'Idle life of a session in hours, 1 to 87600: each refresh starts it again',
  }),
  SESSION_MAX_DAYS: setting({
    default: '90',
    schema: wholeNumber(1, 3_650),
    doc: 'Absolute life of a session in days, 1 to 3650, not shorter than REFRESH_TOKEN_TTL_HOURS',
  }),
  REFRESH_REPLAY_SECONDS: setting({
    default: 'unused',
    schema: replaySeconds,
    doc: 'Repeats a refresh: unused, while its new token is unused; a number also bounds it in seconds, 0 to 315360000',
  }),
  SESSION_END_MAX_AGE_S: setting({
    default: '0',
    schema: wholeNumber(0, 86_400),
    doc: 'Max age in seconds of a session that may end other sessions of its user, 0 to 86400; 0: any age',
  }),
  LOGIN_RATE_LIMIT: setting({
    default: '5/60',
    schema: rateRule,
    doc: 'Logins per client address: requests/seconds',
    show: showRateRule,
  }),
  API_RATE_LIMIT: setting({
    default: '100/300',
    schema: rateRule,
    doc: 'Every other route of the API per client address: requests/seconds',
    show: showRateRule,
  }),
  REGISTER_RATE_LIMIT: optional({
    sample: '20/3600',
    schema: rateRule,
    doc: 'Registrations per client address, 4 times as many per IPv6 /56, 16 times per /48; unset: that of API_RATE_LIMIT',
    show: showRateRule,
  }),
  ACCOUNT_RATE_LIMIT: setting({
    default: '10/900',
    schema: rateRule,
    doc: 'Failed logins per account, all unknown devices together, each known device separately: failures/seconds',
    show: showRateRule,
  }),
  TRUST_PROXY: setting({
    default: '',
    schema: proxyNetworks,
    doc: 'Comma-separated list of addresses or CIDR blocks of the proxies whose X-Forwarded-For is trusted',
  }),
  CORS_ORIGINS: setting({
    default: '',
    schema: corsOrigins,
    doc: 'Comma-separated list of the exact origins that may send requests from a browser, such as https://app.example.com',
  }),
  HOST: setting({ default: '127.0.0.1', schema: listenHost, doc: 'Address to listen on; 0.0.0.0 or :: for all' }),
  PORT: setting({
    default: '8000',
    schema: wholeNumber(0, 65_535),
    doc: 'Port of REST, or of everything in one process; 0: any free one',
  }),
  WS_PORT: setting({
    default: '8001',
    schema: wholeNumber(0, 65_535),
    doc: 'Port of WebSocket in a process of its own (serve ws); 0: any free one',
  }),
  WORKERS: setting({
    default: '1',
    schema: wholeNumber(1, 256, { auto: cores }),
    doc: 'Processes on one port: 1 to 256, or auto for one per core; more than 1 needs REDIS_URL and a database server',
  }),
  ARGON2_MEMORY_KIB: setting({
    default: '19456',
    schema: wholeNumber(8, 4_194_304),
    doc: 'Memory of an Argon2id hash in KiB, up to 4194304; refused with ARGON2_TIME_COST below the OWASP floor',
  }),
  ARGON2_TIME_COST: setting({
    default: '2',
    schema: wholeNumber(1, 100),
    doc: 'Passes of an Argon2id hash, 1 to 100',
  }),
  ARGON2_PARALLELISM: setting({
    default: '1',
    schema: wholeNumber(1, 64),
    doc: 'Lanes of an Argon2id hash, 1 to 64',
  }),
  HASH_CONCURRENCY: setting({
    default: 'cores',
    schema: wholeNumber(1, 256, { cores }),
    doc: 'Maximum number of hashes computed at the same time, by all workers together: 1 to 256, or cores',
  }),
  HASH_QUEUE: setting({
    default: '64',
    schema: wholeNumber(0, 100_000),
    doc: 'Maximum number of waiting hashes, in all workers together, 0 to 100000; beyond that the response is 503',
  }),
  PASSWORD_MIN_LENGTH: setting({
    default: '8',
    schema: wholeNumber(8, 128),
    doc: 'Minimum number of code points of a new password, 8 to 128',
  }),
  PASSWORD_BLOCKLIST: setting({
    default: 'builtin',
    schema: oneOf(['builtin', 'off']),
    doc: 'builtin refuses common new passwords; off accepts them. Personal passwords are refused in both cases',
  }),
  SCHEMA_MAP: optional({
    schema: z.string(),
    doc: 'Path of the JSON file that maps the existing tables; unset: the built-in mapping',
  }),
  METRICS_TOKEN: optional({
    schema: bearerToken,
    doc: 'Bearer token for /metrics, at least 22 random characters; unset: only loopback clients may read it',
    isSecret: true,
  }),
  CREDENTIAL_WRITES: setting({
    default: 'auto',
    schema: oneOf(['auto', 'table', 'overlay']),
    doc: 'Where new password hashes are written: auto, table (the existing column) or overlay (auth_credentials)',
  }),
  DOCS: setting({
    default: 'on',
    schema: onOrOff,
    doc: 'off hides /docs, /redoc and /openapi.json',
    show: (isOn) => (isOn ? 'on' : 'off'),
  }),
  DB_POOL_MAX: setting({
    default: '10',
    schema: wholeNumber(1, 1_000),
    doc: 'Maximum number of database connections of a process, 1 to 1000',
  }),
  SHUTDOWN_TIMEOUT_S: setting({
    default: '10',
    schema: wholeNumber(0, 3_600),
    doc: 'Time that a stopping process has to complete its requests, in seconds, 0 to 3600',
  }),
  SUBSCRIPTION_POLL_S: setting({
    default: '15',
    schema: wholeNumber(1, 3_600),
    doc: 'Interval in which the subscriptions of connected users are read, in seconds, 1 to 3600',
  }),
  WS_MAX_SOCKETS: setting({
    default: '20000',
    schema: wholeNumber(1, 1_000_000),
    doc: 'Maximum number of WebSocket connections of a process',
  }),
  KEEP_ALIVE_TIMEOUT_S: setting({
    default: '65',
    schema: wholeNumber(1, 3_600),
    doc: 'Idle timeout of an HTTP connection in seconds, 1 to 3600; that of a load balancer in front must be shorter',
  }),
  EVENT_HISTORY_MIB: setting({
    default: '16',
    schema: wholeNumber(1, 65_536),
    doc: 'Memory for the recent events of all users, in MiB, 1 to 65536: of each process, or of Redis',
  }),
  WS_QUERY_TOKEN: setting({
    default: 'on',
    schema: onOrOff,
    doc: 'off refuses GET /ws?token=, whose token a proxy in front may log; ?ticket= and the Authorization header still work',
    show: (isOn) => (isOn ? 'on' : 'off'),
  }),
  LOG_LEVEL: setting({
    default: 'info',
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { warning: 'warn', critical: 'fatal' }),
    doc: 'trace, debug, info, warn, error, fatal or silent',
  }),
} as const satisfies Readonly<Record<string, Variable<unknown>>>;

/** The name of a variable of this product. */
export type VariableName = keyof typeof variables;

/** The parsed values of all variables. */
export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> };

/** The names in the order of the table. */
export const variableNames = Object.keys(variables) as readonly VariableName[]; // the keys of a literal, nothing more
