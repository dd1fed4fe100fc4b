import { createServer, type Server, type ServerOptions } from 'node:http';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { answerBrokenRequests } from './answer-broken-requests.js';
import { boundConnections } from './bound-connections.js';
import { ResponsesInFlight } from './responses-in-flight.js';

const second = 1000;

/** How long a client may take, in milliseconds. */
export interface HttpTimeouts {
  /** For the head of a request. */
  readonly headersTimeout: number;
  /** For the whole of a request. */
  readonly requestTimeout: number;
  /** How often both are checked. */
  readonly connectionsCheckingInterval: number;
}

const timeouts: HttpTimeouts = {
  headersTimeout: 10 * second,
  requestTimeout: 30 * second,
  connectionsCheckingInterval: 5 * second,
};

/** Longer than the idle time of common proxies (60 s), so that the proxy hangs up first and loses no request. */
const defaultKeepAliveSeconds = 65;

export interface HttpServerOptions {
  readonly trustProxy: readonly string[];
  /** How long an idle connection is kept; 65 unless given. The timeouts of requests run only while one arrives, and may be shorter. */
  readonly keepAliveSeconds?: number;
  /** Takes a line for each request that could not be read. */
  readonly logger: Pick<Logger, 'info'> | null;
  /** Counts each request that could not be read. */
  readonly metrics: Pick<Metrics, 'requestServed'> | null;
  /** Classes of requests and responses, where a framework brings its own. */
  readonly messages?: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
  /** What differs, in a test. */
  readonly timeouts?: Partial<HttpTimeouts>;
}

export interface HttpServer {
  readonly server: Server;
  readonly inFlight: ResponsesInFlight;
}

/** A server of HTTP/1.1 with limits that a slow or greedy client runs into, and an answer for what cannot be read. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { trustProxy, logger, metrics, messages, keepAliveSeconds = defaultKeepAliveSeconds } = options;
  const server = createServer({
    ...messages,
    ...timeouts,
    ...options.timeouts,
    keepAliveTimeout: keepAliveSeconds * second,
    // Judged by `hostGuard`: the library's own answer has none of our fields.
    requireHostHeader: false,
  });
  server.maxHeadersCount = 100;
  boundConnections(server, trustProxy);
  const inFlight = new ResponsesInFlight(server);
  answerBrokenRequests(server, { inFlight, logger, metrics });
  return { server, inFlight };
}
