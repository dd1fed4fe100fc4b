import { createServer, type Server, type ServerOptions } from 'node:http';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { answerBrokenRequests } from './answer-broken-requests.js';
import { boundConnections } from './bound-connections.js';
import { ResponsesInFlight } from './responses-in-flight.js';

const second = 1000;

/** The timeouts for a client, in milliseconds. */
export interface HttpTimeouts {
  /** For the head of a request. */
  readonly headersTimeout: number;
  /** For the whole of a request. */
  readonly requestTimeout: number;
  /** The interval at which both are checked. */
  readonly connectionsCheckingInterval: number;
}

const timeouts: HttpTimeouts = {
  headersTimeout: 10 * second,
  requestTimeout: 30 * second,
  connectionsCheckingInterval: 5 * second,
};

/** Longer than the idle timeout of common proxies (60 s), so that the proxy closes the connection first and loses no request. */
const defaultKeepAliveSeconds = 65;

export interface HttpServerOptions {
  readonly trustProxy: readonly string[];
  /** How long an idle connection is kept; default 65. The timeouts of requests run only while one arrives, and may be shorter. */
  readonly keepAliveSeconds?: number;
  /** Logs each request that could not be read. */
  readonly logger: Pick<Logger, 'info'> | null;
  /** Counts each request that could not be read. */
  readonly metrics: Pick<Metrics, 'requestServed'> | null;
  /** Classes of requests and responses, where a framework brings its own. */
  readonly messages?: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
  /** Timeouts that a test replaces. */
  readonly timeouts?: Partial<HttpTimeouts>;
}

export interface HttpServer {
  readonly server: Server;
  readonly inFlight: ResponsesInFlight;
}

/** Creates an HTTP/1.1 server with limits for slow and greedy clients, and with responses to input that cannot be read. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { trustProxy, logger, metrics, messages, keepAliveSeconds = defaultKeepAliveSeconds } = options;
  const server = createServer({
    ...messages,
    ...timeouts,
    ...options.timeouts,
    keepAliveTimeout: keepAliveSeconds * second,
    // `hostGuard` checks the header, because the library's own response lacks the security headers.
    requireHostHeader: false,
  });
  server.maxHeadersCount = 100;
  boundConnections(server, trustProxy);
  const inFlight = new ResponsesInFlight(server);
  answerBrokenRequests(server, { inFlight, logger, metrics });
  return { server, inFlight };
}
