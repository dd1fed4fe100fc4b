import { availableParallelism } from 'node:os';
import { proxyNetworks } from './proxy-networks.js';
import { corsOrigins, listenHost, wholeNumber } from './value-schemas.js';
import { setting } from './variable.js';

const cores = availableParallelism();

/** What the servers listen on, and which peers they trust. */
export const httpVariables = {
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
    doc: 'Address to listen on; 0.0.0.0 or :: for all',
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
} as const;
