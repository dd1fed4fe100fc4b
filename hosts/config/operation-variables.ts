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
    doc: 'Bearer token that /metrics wants, at least 22 random characters; unset: only loopback clients may read it',
    isSecret: true,
  }),
  CREDENTIAL_WRITES: setting({
    default: 'auto',
    schema: oneOf(['auto', 'table', 'overlay']),
    doc: 'Where new password hashes go: auto, table (the existing one) or overlay (one of ours)',
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
    doc: 'Max database connections of a process, 1 to 1000',
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
    doc: 'Seconds that a stopping process gives to what it has begun, 0 to 3600',
  }),
  SUBSCRIPTION_POLL_S: setting({
    default: '15',
    schema: wholeNumber(1, 3_600),
    doc: 'How often the subscriptions of connected users are read, in seconds, 1 to 3600',
  }),
  WS_MAX_SOCKETS: setting({
    default: '20000',
    schema: wholeNumber(1, 1_000_000),
    doc: 'Max WebSocket connections of a process',
  }),
  KEEP_ALIVE_TIMEOUT_S: setting({
    default: '65',
    schema: wholeNumber(1, 3_600),
    doc: 'How long an idle HTTP connection is kept, in seconds, 1 to 3600; the idle time of a balancer in front must be shorter',
  }),
  EVENT_HISTORY_MIB: setting({
    default: '16',
    schema: wholeNumber(1, 65_536),
    doc: 'Memory for the recent events of all users, in MiB, 1 to 65536: of each process, or of Redis',
  }),
  WS_QUERY_TOKEN: setting({
    default: 'on',
    schema: onOrOff,
    doc: 'off refuses GET /ws?token=, whose token a proxy in front may log; ?ticket= and the Authorization field stay',
    show: (isOn) => (isOn ? 'on' : 'off'),
  }),
  LOG_LEVEL: setting({
    default: 'info',
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { warning: 'warn', critical: 'fatal' }),
    doc: 'trace, debug, info, warn, error, fatal or silent',
  }),
} as const;
