import { createServer, type Server, type ServerOptions } from 'node:http';
import type { Logger } from '../../core/ports/logger.js';
import { answerBrokenRequests } from './answer-broken-requests.js';
import { boundConnections } from './bound-connections.js';
import { ResponsesInFlight } from './responses-in-flight.js';

const second = 1000;

export interface HttpServerOptions {
  readonly trustProxy: readonly string[];
  /** Takes a line for each request that could not be read. */
  readonly logger: Pick<Logger, 'info'> | null;
  /** Classes of requests and responses, where a framework brings its own. */
  readonly messages?: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
}

export interface HttpServer {
  readonly server: Server;
  readonly inFlight: ResponsesInFlight;
}

/** A server of HTTP/1.1 with limits that a slow or greedy client runs into, and an answer for what cannot be read. */
export function createHttpServer({ trustProxy, logger, messages = {} }: HttpServerOptions): HttpServer {
  const server = createServer({
    ...messages,
    headersTimeout: 10 * second,
    requestTimeout: 30 * second,
    // Longer than the idle time of common proxies (60 s), so that the proxy hangs up first and loses no request.
    keepAliveTimeout: 65 * second,
    connectionsCheckingInterval: 5 * second,
    // Judged by `hostGuard`: the library's own answer has none of our fields.
    requireHostHeader: false,
  });
  server.maxHeadersCount = 100;
  boundConnections(server, trustProxy);
  const inFlight = new ResponsesInFlight(server);
  answerBrokenRequests(server, { inFlight, logger });
  return { server, inFlight };
}
