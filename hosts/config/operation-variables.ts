import { z } from 'zod';
import { bearerToken, oneOf, onOrOff, wholeNumber } from './value-schemas.js';
import { optional, setting } from './variable.js';

/** What an operator adapts to the existing tables, the machine and the traffic. */
export const operationVariables = {
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
  DB_BATCHING: setting({
    default: 'on',
    schema: onOrOff,
    doc: 'off: each read is a query and each refresh a transaction of its own; on, concurrent ones share them on MySQL and MariaDB',
    show: (isOn) => (isOn ? 'on' : 'off'),
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
} as const;
